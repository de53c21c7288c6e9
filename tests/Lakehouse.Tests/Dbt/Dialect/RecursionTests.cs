using DuckDB.NET.Data;
using Recoup.Lakehouse.Dbt.Dialect;

namespace Recoup.Lakehouse.Tests.Dbt.Dialect;

/// <summary>WITH RECURSIVE: as deep as Trino goes, in the forms that Trino takes.</summary>
[TestClass]
public sealed class RecursionTests
{
    [TestMethod]
    [DataRow("WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t WHERE n < 11) SELECT count(*) FROM t", 11L, DisplayName = "ten steps")]
    [DataRow("WITH RECURSIVE t(n) AS (SELECT CAST('a' AS varchar) UNION ALL SELECT n || 'a' FROM t WHERE length(n) < 4) SELECT count(*) FROM t", 4L, DisplayName = "texts that grow")]
    [DataRow("WITH RECURSIVE e(id, boss) AS (VALUES (1, NULL), (2, 1), (3, 2), (4, 9)), t(id, depth) AS (SELECT id, 0 FROM e WHERE boss IS NULL UNION ALL SELECT e.id, t.depth + 1 FROM e JOIN t ON e.boss = t.id) SELECT sum(depth) FROM t", 3L, DisplayName = "a tree by a join")]
    [DataRow("WITH RECURSIVE a(x) AS (SELECT 1), b AS (SELECT x FROM a UNION ALL SELECT x + 1 FROM a) SELECT count(*) FROM b", 2L, DisplayName = "queries that do not read themselves")]
    public void Query_RecursionThatEnds_HasTheRowsOfAllSteps(string sql, long expected)
    {
        using var duck = new TrinoOnDuck();
        Assert.AreEqual(expected, Convert.ToInt64(duck.Query(sql).Single()[0], System.Globalization.CultureInfo.InvariantCulture));
    }

    [TestMethod]
    public void Query_ElevenSteps_FailsAsInTrino()
    {
        using var duck = new TrinoOnDuck();
        var error = Assert.ThrowsExactly<DuckDBException>(() => duck.Query("WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t WHERE n < 12) SELECT count(*) FROM t"));
        Assert.Contains("deeper than 10 steps", error.Message);
    }

    [TestMethod]
    [DataRow("WITH RECURSIVE t AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM t WHERE n < 4) SELECT n FROM t", DisplayName = "columns without names")]
    [DataRow("WITH RECURSIVE t(n) AS (SELECT 1 UNION SELECT n + 1 FROM t WHERE n < 4) SELECT n FROM t", DisplayName = "UNION of different rows")]
    [DataRow("WITH RECURSIVE t(n) AS (SELECT n FROM t) SELECT n FROM t", DisplayName = "no first part")]
    [DataRow("WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT a.n FROM t a, t b) SELECT n FROM t", DisplayName = "itself twice")]
    [DataRow("WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n FROM t WHERE n < (SELECT max(n) FROM t)) SELECT n FROM t", DisplayName = "itself in a subquery")]
    [DataRow("WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT x FROM (VALUES 1) u(x) LEFT JOIN t ON true) SELECT n FROM t", DisplayName = "on the outer side")]
    [DataRow("WITH RECURSIVE t(n) AS (SELECT 'a' UNION ALL SELECT n || 'a' FROM t) SELECT n FROM t", DisplayName = "a wider type than the first part's")]
    [DataRow("WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t WHERE n < 4 ORDER BY 1) SELECT n FROM t", DisplayName = "an order of its own")]
    public void Translate_FormThatTrinoRefuses_IsRefused(string sql) =>
        Assert.AreEqual("L21", Assert.ThrowsExactly<DialectException>(() => TrinoDialect.Translate(sql, "model.sql")).Finding.Rule);
}

using System.Globalization;
using DuckDB.NET.Data;
using Recoup.Lakehouse.Dbt.Dialect;

namespace Recoup.Lakehouse.Tests.Dbt.Dialect;

/// <summary>What is written otherwise for DuckDB, and the answers that it gives then.</summary>
[TestClass]
public sealed class TranslationTests
{
    [TestMethod]
    [DataRow("SELECT 7 / 2, -7 / 2, -7 % 3", "3|-3|-1", "integer|integer|integer", DisplayName = "whole quotients are cut")]
    [DataRow("SELECT 4999 / 100.0, 1 / 3.0, 2.0 / 3", "50.0|0.3|0.7", "decimal(12,1)|decimal(12,1)|decimal(2,1)", DisplayName = "decimal quotients keep the scale")]
    [DataRow("SELECT avg(x) FROM (VALUES (10.10), (20.25), (3.33)) t(x)", "11.23", "decimal(4,2)", DisplayName = "averages of decimals too")]
    [DataRow("SELECT sum(x) FROM (VALUES (1), (2)) t(x)", "3", "bigint", DisplayName = "sums of integers are bigint")]
    [DataRow("SELECT round(-2.5), round(1.005, 2), round(2.5e0)", "-3|1.010|3", "decimal(2,0)|decimal(5,3)|double", DisplayName = "half away from zero")]
    [DataRow("SELECT CAST(12.5e0 AS integer), CAST(1.5e0 AS varchar), CAST(1.005e0 AS decimal(10,2))", "13|1.5E0|1.01", "integer|varchar|decimal(10,2)", DisplayName = "casts of doubles")]
    [DataRow("SELECT max_by(a, b) FROM (VALUES (NULL, 5), ('x', 1)) t(a, b)", "NULL", "varchar(1)", DisplayName = "R7: a winner that is NULL")]
    [DataRow("SELECT count_if(x > 1) FROM (VALUES (1)) t(x) WHERE x > 1", "0", "bigint", DisplayName = "R9: count_if of no rows")]
    [DataRow("SELECT x FROM (VALUES 1, 2) t(x) ORDER BY x DESC LIMIT 1", "2", "integer", DisplayName = "R10: rows without parentheses")]
    [DataRow("SELECT lag(v) IGNORE NULLS OVER (ORDER BY x) FROM (VALUES (1, 10), (2, NULL), (3, 30)) t(x, v) ORDER BY x DESC LIMIT 1", "10", "integer", DisplayName = "R4 beside an order of the rows")]
    [DataRow("SELECT listagg(c, '+') WITHIN GROUP (ORDER BY c DESC) FROM (VALUES ('a'), ('b')) t(c)", "b+a", "varchar", DisplayName = "R5: listagg")]
    [DataRow("SELECT array_join(transform(ARRAY['a', 'b'], x -> x || '!'), '')", "a!b!", "varchar", DisplayName = "R6: transform")]
    [DataRow("SELECT extract(DOW FROM DATE '2026-01-04'), extract(YOW FROM DATE '2027-01-03')", "7|2026", "bigint|bigint", DisplayName = "R8: days of the week")]
    [DataRow("SELECT greatest(1, NULL), split_part('a', ',', 2)", "NULL|NULL", "integer|varchar", DisplayName = "NULL where DuckDB has a value")]
    [DataRow("SELECT nan() = nan(), nan() > 1e0, max(x) FROM (VALUES (1e0), (nan())) t(x)", "False|False|1", "boolean|boolean|double", DisplayName = "NaN equals nothing")]
    [DataRow("SELECT date_diff('hour', TIMESTAMP '2026-01-01 10:59:00', TIMESTAMP '2026-01-01 11:01:00')", "0", "bigint", DisplayName = "whole units passed")]
    [DataRow("SELECT approx_percentile(x, 0.5) FROM (VALUES (1), (2), (3), (4)) t(x)", "3", "bigint", DisplayName = "percentile of few values")]
    [DataRow("SELECT CAST(' 2026-01-31 10:00' AS timestamp(6)) = TIMESTAMP '2026-01-31 10:00:00', try_cast('20260131' AS date)", "True|NULL", "boolean|date", DisplayName = "times as text")]
    [DataRow("SELECT json_extract_scalar('{\"a\":1.50}', '$.a'), json_extract_scalar('{\"a\":{}}', '$.a')", "1.50|NULL", "varchar|varchar", DisplayName = "JSON numbers keep their text")]
    public void Query_Answers_AreTrinos(string sql, string expected, string types)
    {
        using var duck = new TrinoOnDuck();
        var row = duck.Query(sql).Single();
        Assert.AreEqual(expected, string.Join('|', row.Select(value => value is null ? "NULL" : Convert.ToString(value, CultureInfo.InvariantCulture))));
        Assert.AreEqual(types, string.Join('|', duck.Types));
    }

    [TestMethod]
    public void Query_TableThatIsDescribed_IsTypedByItsColumns()
    {
        using var duck = new TrinoOnDuck();
        duck.Execute("CREATE TABLE payments AS SELECT 'p' AS id, 4999::BIGINT AS amount_minor, 3::BIGINT AS attempts, TIMESTAMPTZ '2026-01-31 10:05:00Z' AS at");
        var rows = duck.Query(
            "SELECT id, amount_minor / attempts AS each, avg(amount_minor) OVER () AS mean, date_trunc('hour', p.at) AS hour FROM payments AS p WHERE amount_minor > 1",
            name => name is ["payments"] ? [("id", "VARCHAR"), ("amount_minor", "BIGINT"), ("attempts", "BIGINT"), ("at", "TIMESTAMP WITH TIME ZONE")] : null);
        CollectionAssert.AreEqual(new object[] { "p", 1666L, 4999.0, new DateTime(2026, 1, 31, 10, 0, 0, DateTimeKind.Utc) }, rows[0]);
        CollectionAssert.AreEqual(new[] { "varchar", "bigint", "double", "timestamp(6) with time zone" }, duck.Types.ToList());
    }

    [TestMethod]
    public void Translate_AliasOfTheSameNameAsAColumn_MeansTheColumn()
    {
        using var duck = new TrinoOnDuck();
        Assert.AreEqual(2L, duck.Query("SELECT count(*) AS x FROM (VALUES (1), (2), (3)) t(x) WHERE x > 1").Single()[0]);
    }

    [TestMethod]
    public void Query_IntegerDividedByZero_Fails()
    {
        using var duck = new TrinoOnDuck();
        var error = Assert.ThrowsExactly<DuckDBException>(() => duck.Query("SELECT x / 0 FROM (VALUES (1)) t(x)"));
        StringAssert.Contains(error.Message, "Division by zero", StringComparison.Ordinal);
    }

    [TestMethod]
    public void Install_TwiceAndOnASecondConnection_IsTheSame()
    {
        using var first = new DuckDBConnection("DataSource=:memory:");
        first.Open();
        TrinoDialect.Install(first);
        TrinoDialect.Install(first);
        using var second = first.Duplicate();
        second.Open();
        TrinoDialect.Install(second);
        using var command = second.CreateCommand();
        command.CommandText = TrinoDialect.Translate("SELECT 7 / 2", "q.sql").Text;
        Assert.AreEqual(3, command.ExecuteScalar());
    }
}

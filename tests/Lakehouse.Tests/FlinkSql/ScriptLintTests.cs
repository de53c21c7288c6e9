using Recoup.Lakehouse.FlinkSql.Linting;

namespace Recoup.Lakehouse.Tests.FlinkSql;

/// <summary>What the two engines would read differently is named with its line.</summary>
[TestClass]
public sealed class ScriptLintTests
{
    private const string Head = """
        SET 'table.local-time-zone' = 'UTC';
        SET 'execution.checkpointing.interval' = '10 s';
        CREATE CATALOG lake WITH ('type' = 'iceberg');
        CREATE TEMPORARY TABLE s (v BYTES, o BIGINT METADATA FROM 'offset' VIRTUAL, ts TIMESTAMP_LTZ(3) METADATA FROM 'timestamp' VIRTUAL,
          WATERMARK FOR ts AS ts - INTERVAL '5' SECOND) WITH ('connector' = 'kafka', 'topic' = 't', 'format' = 'raw',
          'properties.isolation.level' = 'read_committed');
        CREATE TEMPORARY VIEW x AS SELECT o, ts, DECODE(v, 'UTF-8') AS a FROM s;

        """;

    private const int HeadLines = 7;

    [TestMethod]
    public void CheckFolder_ShippedScripts_AreFine() => Assert.IsEmpty(ScriptLint.CheckFolder(ScriptRun.Folder));

    [TestMethod]
    [DataRow("SELECT a || 1 FROM x", "STRING || INT", DisplayName = "types")]
    [DataRow("SELECT NOSUCH(a) FROM x", "NOSUCH", DisplayName = "unknown function")]
    [DataRow("SELECT LENGTH(a) FROM x", "no function LENGTH", DisplayName = "another engine's function")]
    [DataRow("SELECT CAST(a AS INT) FROM x", "not guarded", DisplayName = "unguarded cast")]
    [DataRow("SELECT TRY_CAST(a AS INT) FROM x", "not guarded", DisplayName = "unguarded try cast")]
    [DataRow("SELECT REGEXP(a, o) FROM x", "BIGINT", DisplayName = "pattern that is no text")]
    [DataRow("SELECT REGEXP(a, a) FROM x", "known before the job starts", DisplayName = "pattern of the data")]
    [DataRow("SELECT REGEXP(a, '(?<n>x)') FROM x", "not in the shared subset", DisplayName = "pattern beyond the subset")]
    [DataRow("SELECT a < 'b' FROM x", "order of texts", DisplayName = "order of texts")]
    [DataRow("SELECT a = 1 FROM x", "STRING = INT", DisplayName = "implicit cast")]
    [DataRow("SELECT GREATEST(a, 'b') FROM x", "order of texts", DisplayName = "greatest")]
    [DataRow("SELECT JSON_VALUE(a, '$..b') FROM x", "JSON path", DisplayName = "path")]
    [DataRow("SELECT CAST(a AS TIME) FROM x", "TIME", DisplayName = "time of day")]
    [DataRow("SELECT UUID() FROM x", "another value each time", DisplayName = "not repeatable")]
    [DataRow("SELECT COUNT(*) FROM x", "several rows", DisplayName = "aggregate")]
    [DataRow("SELECT a FROM x GROUP BY a", "GROUP", DisplayName = "group")]
    [DataRow("SELECT DISTINCT a FROM x", "DISTINCT", DisplayName = "distinct")]
    [DataRow("SELECT a FROM x JOIN x AS y ON TRUE", "join", DisplayName = "join")]
    [DataRow("SELECT a != 'b' FROM x", "!=", DisplayName = "bang equal")]
    [DataRow("SELECT \"a\" FROM x", "double quote", DisplayName = "double quotes")]
    [DataRow("SELECT value FROM x", "reserves", DisplayName = "reserved word")]
    [DataRow("SELECT A FROM x", "no column A", DisplayName = "case of names")]
    [DataRow("SELECT CASE WHEN o = 1 THEN ENCODE(a, 'UTF-8') ELSE X'00' END FROM x", "cuts", DisplayName = "binaries in a CASE")]
    public void Check_WhatTheEnginesReadDifferently_IsNamedWithItsLine(string select, string reason)
    {
        var script = $"{Head}CREATE TEMPORARY VIEW y AS\n{select};\nINSERT INTO lake.d.t SELECT * FROM y;\n";

        var finding = ScriptLint.Check("t.sql", script)[0];

        Assert.Contains(reason, finding.ToString());
        Assert.AreEqual(HeadLines + 2, finding.Line, finding.ToString());
    }

    [TestMethod]
    public void Check_GuardedCast_IsFine()
    {
        var script = $"{Head}INSERT INTO lake.d.t SELECT CASE WHEN REGEXP(a, '^[0-9]{{1,9}}$') THEN CAST(a AS INT) END AS n FROM x;\n";

        Assert.IsEmpty(ScriptLint.Check("t.sql", script));
    }

    [TestMethod]
    [DataRow("SET 'table.local-time-zone' = 'UTC';", "SET 'table.local-time-zone' = 'Europe/Berlin';", "Europe/Berlin", 1)]
    [DataRow("SET 'execution.checkpointing.interval' = '10 s';", "", "checkpoint", 1)]
    [DataRow("'format' = 'raw'", "'format' = 'json'", "'format' = 'json'", 5)]
    [DataRow("v BYTES", "v STRING", "no BYTES", 4)]
    [DataRow("= '10 s';", "= '10 s'; -- often", "comment behind a semicolon", 2)]
    [DataRow("'topic' = 't'", "'topic' = 't', 'scan.bounded.mode' = 'latest-offset'", "scan.bounded.mode", 5)]
    public void Check_SettingsAndOptions_AreNamedWithTheirLine(string right, string wrong, string reason, int line)
    {
        var script = $"{Head}INSERT INTO lake.d.t SELECT a FROM x;\n".Replace(right, wrong, StringComparison.Ordinal);

        var finding = ScriptLint.Check("t.sql", script).First(found => found.Reason.Contains(reason, StringComparison.Ordinal));

        Assert.AreEqual(line, finding.Line);
    }
}

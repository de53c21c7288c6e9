using Recoup.Lakehouse.Query;

namespace Recoup.Lakehouse.Tests.Query;

/// <summary>Each way out of the lake that is known, tried one by one; none may give a row.</summary>
[TestClass]
public sealed class RefusalTests
{
    private static readonly string Secret = Path.Combine(Path.GetTempPath(), "recoup-query-secret.csv");

    public static IEnumerable<object[]> Statements() => new[]
    {
        "INSERT INTO bronze.charges VALUES ('x', 1, now())",
        "UPDATE bronze.charges SET amount_minor = 0",
        "DELETE FROM bronze.charges",
        "MERGE INTO bronze.charges USING bronze.charges AS s ON true WHEN MATCHED THEN DELETE",
        "TRUNCATE bronze.charges",
        "CREATE TABLE t AS SELECT 1",
        "CREATE VIEW v AS SELECT 1",
        "CREATE MACRO m() AS 1",
        "CREATE SECRET s (TYPE s3)",
        "DROP VIEW bronze.charges",
        "ALTER VIEW bronze.charges RENAME TO x",
        "COPY (SELECT 1) TO '{0}'",
        "COPY bronze.charges FROM '{0}'",
        "EXPORT DATABASE '{0}'",
        "IMPORT DATABASE '{0}'",
        "ATTACH '{0}' AS other",
        "ATTACH ':memory:' AS other",
        "DETACH memory",
        "USE memory",
        "INSTALL httpfs",
        "LOAD httpfs",
        "LOAD '{0}'",
        "SET memory_limit = '100GB'",
        "SET enable_external_access = true",
        "RESET lock_configuration",
        "PRAGMA database_list",
        "PRAGMA version",
        "CALL pragma_version()",
        "BEGIN TRANSACTION",
        "CHECKPOINT",
        "VACUUM",
        "PREPARE p AS SELECT 1",
        "EXECUTE p",
        "SELECT 1; SELECT 2",
        "SELECT 1; COPY (SELECT 1) TO '{0}'",
        "EXPLAIN COPY (SELECT 1) TO '{0}'",
        "EXPLAIN ANALYZE INSERT INTO bronze.charges VALUES ('x', 1, now())",
        "EXPLAIN SELECT 1; SELECT 2",
        "EXPLAIN EXPLAIN SELECT 1",
        "/* EXPLAIN */ COPY (SELECT 1) TO '{0}'",
        "SELECT * FROM '{0}'",
        "SELECT * FROM \"{0}\"",
        "SELECT * FROM read_csv('{0}')",
        "SELECT * FROM READ_CSV_AUTO('{0}')",
        "SELECT * FROM main.read_csv('{0}')",
        "SELECT * FROM system.main.read_csv('{0}')",
        "FROM read_text('{0}')",
        "FROM read_blob('{0}')",
        "FROM read_json('{0}')",
        "FROM read_ndjson_objects('{0}')",
        "FROM read_parquet('{0}')",
        "FROM parquet_scan('{0}')",
        "FROM parquet_schema('{0}')",
        "FROM parquet_kv_metadata('{0}')",
        "FROM read_duckdb('{0}')",
        "FROM sniff_csv('{0}')",
        "FROM glob('/*')",
        "FROM arrow_scan(1, 2, 3)",
        "FROM query('SELECT 1')",
        "FROM query_table('bronze.charges')",
        "FROM json_execute_serialized_sql(json_serialize_sql('SELECT 1'))",
        "FROM duckdb_settings()",
        "FROM duckdb_secrets()",
        "FROM duckdb_logs()",
        "FROM duckdb_external_file_cache()",
        "FROM which_secret('s3://x', 's3')",
        "FROM pragma_database_size()",
        "FROM enable_logging()",
        "FROM sql_auto_complete('S')",
        "SELECT current_setting('allowed_directories')",
        "SELECT 'allowed_directories'.current_setting()",
        "SELECT getenv('PATH')",
        "SELECT getvariable('x')",
        "SELECT write_log('x')",
        "WITH c AS (SELECT * FROM read_text('{0}')) SELECT * FROM c",
        "WITH \"{0}\" AS (SELECT 1) SELECT * FROM (SELECT * FROM main.\"{0}\")",
        "SELECT (SELECT content FROM read_text('{0}'))",
        "SELECT * FROM bronze.charges WHERE event_id IN (SELECT content FROM read_text('{0}'))",
        "SELECT * FROM bronze.charges, LATERAL (SELECT * FROM read_text('{0}'))",
        "SELECT 1 UNION ALL SELECT count(*) FROM read_text('{0}')",
        "DESCRIBE SELECT * FROM read_text('{0}')",
        "SUMMARIZE '{0}'",
        "SELECT * FROM (DESCRIBE FROM read_text('{0}'))",
        "SELECT * FROM (PIVOT read_csv('{0}') ON a IN (1) USING count(*))",
        "SELECT * FROM (SHOW ALL TABLES)",
        "SELECT * FROM pg_catalog.pg_settings",
        "SELECT * FROM duckdb_tables",
        "SELECT * FROM sqlite_master",
        "SELECT * FROM memory.bronze.charges",
        "SELECT * FROM 'http://127.0.0.1:1/x.csv'",
        "SELECT * FROM 's3://bucket/x.parquet'",
        "SELECT * FROM bronze.charges AT (VERSION => 1)",
        "SELECT $1",
        "SELECT ?",
        "SHOW DATABASES",
    }.Select(sql => new object[] { sql });

    [ClassInitialize]
    public static void WriteSecret(TestContext context) => File.WriteAllText(Secret, "a\nsecret\n");

    [ClassCleanup]
    public static void DeleteSecret() => File.Delete(Secret);

    [TestMethod]
    [DynamicData(nameof(Statements))]
    public async Task ExecuteAsync_ReachesOutsideOrWrites_IsRefused(string sql)
    {
        using var room = new QueryRoom();
        await room.ChargesAsync();

        var refused = await room.RefusedAsync(sql.Replace("{0}", Secret, StringComparison.Ordinal));

        Assert.IsTrue(refused.Failure is QueryFailure.Refused or QueryFailure.UnknownTable or QueryFailure.Syntax, $"{refused.Failure}: {refused.Message}");
        Assert.DoesNotContain("secret\n", refused.Message);
        Assert.AreEqual("3", await room.CellAsync("SELECT count(*) FROM bronze.charges"));
    }
}

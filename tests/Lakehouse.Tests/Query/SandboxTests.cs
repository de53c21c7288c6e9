using DuckDB.NET.Data;
using Recoup.Lakehouse.Query.DuckDb;
using Recoup.Lakehouse.Tests.Iceberg;

namespace Recoup.Lakehouse.Tests.Query;

/// <summary>The second line: what DuckDB itself refuses in the sandbox, should a statement get past the parser's rules.</summary>
[TestClass]
public sealed class SandboxTests
{
    [TestMethod]
    [DataRow("SELECT * FROM read_text('{0}/secret.txt')")]
    [DataRow("SELECT * FROM read_text('{0}/lake/../secret.txt')")]
    [DataRow("SELECT * FROM read_text('{0}/lakeside/secret.txt')")]
    [DataRow("SELECT * FROM glob('{0}/*')")]
    [DataRow("COPY (SELECT 1) TO '{0}/out.csv'")]
    [DataRow("ATTACH '{0}/other.db' AS other")]
    [DataRow("INSTALL httpfs")]
    [DataRow("LOAD httpfs")]
    [DataRow("SELECT * FROM 'http://127.0.0.1:1/x.csv'")]
    [DataRow("SET memory_limit='1GB'")]
    [DataRow("SET enable_external_access=true")]
    [DataRow("SET allowed_directories=['/']")]
    [DataRow("RESET lock_configuration")]
    [DataRow("SET lock_configuration=false")]
    public void Sandbox_ReachesOutside_IsRefusedByDuckDb(string sql)
    {
        var folder = Directory.CreateTempSubdirectory("sandbox-");
        try
        {
            File.WriteAllText(Path.Combine(folder.FullName, "secret.txt"), "secret");
            File.WriteAllText(Path.Combine(folder.CreateSubdirectory("lakeside").FullName, "secret.txt"), "secret");
            File.WriteAllText(Path.Combine(folder.CreateSubdirectory("lake").FullName, "open.txt"), "open");
            using var sandbox = new Sandbox([Path.Combine(folder.FullName, "lake")], 64 * 1024 * 1024, 1);

            Assert.AreEqual("open", Duck.Scalar<string>(sandbox.Connection, $"SELECT content FROM read_text('{folder.FullName}/lake/open.txt')"));
            Assert.ThrowsExactly<DuckDBException>(() => Duck.Run(sandbox.Connection, sql.Replace("{0}", folder.FullName, StringComparison.Ordinal)));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}

using System.Text.Json.Nodes;
using DuckDB.NET.Data;
using Recoup.Lakehouse.Iceberg;
using Recoup.Lakehouse.Iceberg.Catalogs;
using Recoup.Lakehouse.Iceberg.Manifests;
using Recoup.Lakehouse.Iceberg.Metadata;
using Recoup.Lakehouse.Iceberg.Scans;

namespace Recoup.Lakehouse.Tests.Iceberg.Golden;

/// <summary>Tables that pyiceberg, Trino and Java wrote: each is read right at every snapshot, or refused by the name of what is not supported.</summary>
[TestClass]
[TestCategory("Golden")]
public sealed class GoldenTableTests
{
    public static IEnumerable<object[]> Tables() => Shared.Lines("golden", "iceberg", "tables", "index.jsonl")
        .Select(line => new object[] { line.Length is 0 ? "missing" : (string)JsonNode.Parse(line)!["table"]! });

    [TestMethod]
    [DynamicData(nameof(Tables))]
    public async Task Scan_TableOfAnotherEngine_GivesItsRowsAtEverySnapshot(string name)
    {
        var folder = Shared.Folder("golden", "iceberg", "tables");
        var storage = new GoldenStorage(folder);
        var expected = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(folder, name + ".expected.json")))!;
        using var connection = Duck.Open();
        if (MustBeRefused(name))
        {
            var refusal = await Assert.ThrowsExactlyAsync<IcebergException>(() => CurrentAsync(connection, storage, name, expected));
            Assert.AreEqual(IcebergFailure.Unsupported, refusal.Failure);
            Assert.MatchesRegex("format version 3|equality deletes", refusal.Message);
            return;
        }

        var table = Open(storage, name, expected);
        foreach (var snapshot in expected["snapshots"]!.AsArray().Where(snapshot => snapshot!["rows"] is not null))
        {
            var scan = table.Scan().AtSnapshot(long.Parse((string)snapshot!["snapshot_id"]!, System.Globalization.CultureInfo.InvariantCulture));
            await CompareAsync(connection, scan, Differing(snapshot), $"{name} at {scan.Snapshot!.SnapshotId}");
        }

        await CompareAsync(connection, table.Scan(), Differing(expected), name);
    }

    /// <summary>Trino's rows where the two engines differ: the README says that it is the right one.</summary>
    private static JsonArray Differing(JsonNode node) => (node["engines_differ"] is JsonObject engines ? engines["trino"]! : node["rows"]!).AsArray();

    private static bool MustBeRefused(string name) =>
        name.StartsWith("java/v3_", StringComparison.Ordinal) || name.StartsWith("java/eq_delete", StringComparison.Ordinal) || name is "java/mixed_deletes";

    private static async Task CurrentAsync(DuckDBConnection connection, GoldenStorage storage, string name, JsonNode expected)
    {
        var scan = Open(storage, name, expected).Scan();
        Rows.Query(connection, await scan.ToSqlAsync(connection), scan.Schema);
    }

    private static async Task CompareAsync(DuckDBConnection connection, TableScan scan, JsonArray rows, string what)
    {
        var actual = Rows.Query(connection, await scan.ToSqlAsync(connection), scan.Schema);
        CollectionAssert.AreEqual(Rows.Expected(rows, scan.Schema), actual, what);
    }

    internal static Table Open(GoldenStorage storage, string name, JsonNode expected)
    {
        var location = "s3://recoup-golden/wh/" + (string)expected["metadata_file"]!;
        var metadata = MetadataJson.Read(File.ReadAllBytes(storage.PathOf(location)), location);
        return new Table(new TableIdentifier("golden", name), metadata, location, new ManifestReader(storage));
    }
}

using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using Recoup.Lakehouse.Iceberg;
using Recoup.Lakehouse.Iceberg.Catalogs;

namespace Recoup.Lakehouse.Tests.Iceberg.Golden;

/// <summary>Catalog files as Java (both layouts) and pyiceberg leave them after each step: ours opens them and finds what is in them.</summary>
[TestClass]
[TestCategory("Golden")]
public sealed class GoldenJdbcTests
{
    [TestMethod]
    [DataRow("java-V0.json")]
    [DataRow("java-V1.json")]
    [DataRow("pyiceberg.json")]
    public async Task List_CatalogFileOfAnotherEngine_FindsItsNamespacesAndTables(string file)
    {
        var recorded = JsonNode.Parse(await File.ReadAllTextAsync(Shared.Folder("golden", "iceberg", "jdbc", file)))!;
        foreach (var step in recorded["steps"]!.AsArray())
        {
            using var lake = new Lake();
            var path = Path.Combine(lake.Folder, "recorded.db");
            Restore(path, step!["db"]!);
            var tables = step["db"]!["tables"]!["iceberg_tables"]!["rows"]!.AsArray().Where(row => row!.AsArray().Count < 6 || (string?)row[5] is "TABLE" or null).ToArray();
            var name = step["db"]!["tables"]!.AsObject().SelectMany(table => table.Value!["rows"]!.AsArray()).Select(row => (string?)row![0]).FirstOrDefault() ?? "recoup";
            using var catalog = new SqliteCatalog(path, lake.Storage, lake.Clock, name);

            var found = new List<string>();
            foreach (var space in await AllAsync(catalog, null))
            {
                found.AddRange((await catalog.ListTablesAsync(space)).Select(table => table.ToString()));
            }

            CollectionAssert.AreEquivalent(tables.Select(row => $"{row![1]}.{row[2]}").ToArray(), found, (string)step["step"]!);
            foreach (var row in tables)
            {
                // The recorded files are in a store that is not here: that ours looks for them there is what is to be seen.
                var identifier = new TableIdentifier(new TableNamespace(((string)row![1]!).Split('.')), (string)row[2]!);
                var refusal = await Assert.ThrowsExactlyAsync<IcebergException>(() => catalog.LoadTableAsync(identifier));
                Assert.Contains((string)row[3]!, refusal.Message);
            }
        }
    }

    private static async Task<IReadOnlyList<TableNamespace>> AllAsync(SqliteCatalog catalog, TableNamespace? parent)
    {
        var all = new List<TableNamespace>();
        foreach (var space in await catalog.ListNamespacesAsync(parent))
        {
            all.AddRange([space, .. await AllAsync(catalog, space)]);
        }

        return all;
    }

    private static void Restore(string path, JsonNode database)
    {
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        foreach (var statement in database["schema"]!.AsArray())
        {
            using var create = connection.CreateCommand();
            create.CommandText = (string)statement!;
            create.ExecuteNonQuery();
        }

        foreach (var (table, content) in database["tables"]!.AsObject())
        {
            foreach (var row in content!["rows"]!.AsArray())
            {
                using var insert = connection.CreateCommand();
                insert.CommandText = $"INSERT INTO {table} VALUES ({string.Join(", ", row!.AsArray().Select((_, index) => $"$p{index}"))})";
                foreach (var (value, index) in row.AsArray().Select((value, index) => (value, index)))
                {
                    insert.Parameters.AddWithValue($"$p{index}", (object?)(string?)value ?? DBNull.Value);
                }

                insert.ExecuteNonQuery();
            }
        }
    }
}

using System.Globalization;
using DuckDB.NET.Data;
using Recoup.Lakehouse.Iceberg;
using Recoup.Lakehouse.Iceberg.Catalogs;
using Recoup.Lakehouse.Iceberg.Storage;
using Recoup.Lakehouse.Query;
using Recoup.Lakehouse.Query.DuckDb;

namespace Recoup.Client.Tests.Crash;

/// <summary>
/// The lake as a kill left it: its files, and a copy of the catalog's, so that the next silo finds what the last one left and not what a reader made of it.
/// </summary>
internal sealed class LakeOnDisk : IDisposable
{
    private readonly DirectoryInfo copy = Directory.CreateTempSubdirectory("recoup-catalog-");
    private readonly LocalStorage storage;
    private readonly SqliteCatalog catalog;
    private readonly DuckDbQueryEngine engine;

    /// <param name="dataFolder">Of a silo that does not run: its catalog's files belong together only then.</param>
    public LakeOnDisk(string dataFolder)
    {
        foreach (var file in Directory.EnumerateFiles(dataFolder, TableStandings.CatalogFile + "*").Where(file => !file.EndsWith("-shm", StringComparison.Ordinal)))
        {
            File.Copy(file, Path.Combine(copy.FullName, Path.GetFileName(file)));
        }

        storage = new LocalStorage(Path.Combine(dataFolder, "warehouse"));
        catalog = new SqliteCatalog(Path.Combine(copy.FullName, TableStandings.CatalogFile), storage, TimeProvider.System);
        engine = new DuckDbQueryEngine(catalog, new QueryOptions(), TimeProvider.System);
    }

    public void Dispose()
    {
        engine.Dispose();
        catalog.Dispose();
        copy.Delete(recursive: true);
    }

    /// <summary>Every table that was there is there, all of its rows can be read, and what has changed it since is one commit or none.</summary>
    /// <param name="before">Where the tables of silver and gold stood before the run that was killed.</param>
    /// <param name="context">For the message.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <returns>The tables and rows that were read.</returns>
    public async Task<(int Tables, long Rows)> AssertReadableAsync(TableStandings before, string context, CancellationToken cancellation)
    {
        var (seen, rows) = (new HashSet<string>(StringComparer.Ordinal), 0L);
        foreach (var space in await catalog.ListNamespacesAsync(cancellation: cancellation))
        {
            foreach (var identifier in await catalog.ListTablesAsync(space, cancellation))
            {
                var table = await catalog.LoadTableAsync(identifier, cancellation);
                rows += await AssertWholeAsync(table, context, cancellation);
                AssertOneCommitSince(before, table, context);
                seen.Add(identifier.ToString());
            }
        }

        Assert.IsEmpty(before.Tables.Except(seen), $"{context}: tables that are gone");
        return (seen.Count, rows);
    }

    /// <summary>The rows of a query over the tables, as text.</summary>
    public async Task<IReadOnlyList<string?[]>> RowsAsync(string sql, CancellationToken cancellation)
    {
        await using var result = await engine.ExecuteAsync(sql, cancellation: cancellation);
        return await result.ReadTextAsync(cancellation).ToListAsync(cancellation);
    }

    /// <summary>Reads every cell of every file, so that one that is missing or cut short is found, and counts.</summary>
    private async Task<long> AssertWholeAsync(Table table, string context, CancellationToken cancellation)
    {
        foreach (var file in (await table.Scan().PlanAsync(cancellation)).Select(task => task.File))
        {
            var size = new FileInfo(await storage.LocalPathAsync(file.FilePath, cancellation));
            Assert.IsTrue(size.Exists, $"{context}: {table.Identifier} names {file.FilePath}, which is not there");
            Assert.AreEqual(file.FileSizeInBytes, size.Length, $"{context}: {table.Identifier} names {file.FilePath}, which has another length");
        }

        var rows = await CountAsync(table, cancellation);
        Assert.AreEqual(table.CurrentSnapshot?.Summary["total-records"] ?? "0", rows.ToString(CultureInfo.InvariantCulture), $"{context}: rows of {table.Identifier}");
        return rows;
    }

    private static async Task<long> CountAsync(Table table, CancellationToken cancellation)
    {
        await using var connection = new DuckDBConnection("DataSource=:memory:");
        await connection.OpenAsync(cancellation);
        await using var command = connection.CreateCommand();
        command.CommandText = "set TimeZone = 'UTC'";
        await command.ExecuteNonQueryAsync(cancellation);
        command.CommandText = $"select count(*), bit_xor(hash(cells)) from ({await table.Scan().ToSqlAsync(connection, cancellation)}) as cells";
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        await reader.ReadAsync(cancellation);
        return reader.GetInt64(0);
    }

    /// <summary>A model is one commit; merging of small files changes no row and may come beside it.</summary>
    private static void AssertOneCommitSince(TableStandings before, Table table, string context)
    {
        if (!TableStandings.Namespaces.Contains(table.Identifier.Namespace.ToString()))
        {
            return;
        }

        var last = before.SequenceNumberOf(table.Identifier.ToString()) ?? 0;
        var commits = table.Metadata.Snapshots.Where(snapshot => snapshot.SequenceNumber > last && snapshot.Operation != "replace").Select(snapshot => snapshot.Operation).ToArray();
        Assert.IsLessThanOrEqualTo(1, commits.Length, $"{context}: one run has changed {table.Identifier} more than once: {string.Join(", ", commits)}");
    }
}

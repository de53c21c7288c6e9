using DuckDB.NET.Data;
using Recoup.Lakehouse.Iceberg;
using Recoup.Lakehouse.Iceberg.Catalogs;
using Recoup.Lakehouse.Iceberg.Scans;
using Recoup.Lakehouse.Query.Statements;

namespace Recoup.Lakehouse.Query.DuckDb;

/// <summary>
/// Turns the tables that a statement names into SELECTs over the files of their current snapshots. It reads the catalog each time, and what the
/// snapshot consists of from the catalog's caches, so its cost follows the live files and not the history.
/// </summary>
internal sealed class LakeViews(ICatalog catalog) : IDisposable
{
    private const string FileScheme = "file://";
    private readonly SemaphoreSlim gate = new(1, 1);
    private DuckDBConnection? footers;

    /// <exception cref="QueryException">A table is not there, or cannot be read.</exception>
    public async Task<IReadOnlyList<LakeView>> PlanAsync(ReadStatement statement, CancellationToken cancellation)
    {
        try
        {
            var identifiers = statement.NeedsCatalog ? await ListAsync(cancellation) : [];
            var views = new Dictionary<TableIdentifier, LakeView>();
            foreach (var name in statement.Tables)
            {
                var table = await FindAsync(name, cancellation);
                if (!views.ContainsKey(table.Identifier))
                {
                    views[table.Identifier] = await PlanAsync(table, FilePruning.Of(statement, name, table), cancellation);
                }
            }

            foreach (var identifier in identifiers.Where(identifier => !views.ContainsKey(identifier)))
            {
                views[identifier] = await PlanAsync(await catalog.LoadTableAsync(identifier, cancellation), Filter.All, cancellation);
            }

            return [.. views.Values];
        }
        catch (IcebergException refused)
        {
            throw new QueryException(refused.Failure is IcebergFailure.Unsupported ? QueryFailure.Refused : QueryFailure.Unavailable, refused.Message, refused);
        }
    }

    public void Dispose()
    {
        footers?.Dispose();
        gate.Dispose();
    }

    private async Task<LakeView> PlanAsync(Table table, Filter filter, CancellationToken cancellation)
    {
        var scan = table.Scan();
        var tasks = await scan.Where(filter).PlanAsync(cancellation);
        var folders = new HashSet<string>(StringComparer.Ordinal);
        foreach (var file in tasks.SelectMany(task => task.Deletes.Select(delete => delete.File).Prepend(task.File)))
        {
            folders.Add(await FolderAsync(table, file.FilePath, cancellation));
        }

        await gate.WaitAsync(cancellation);
        try
        {
            // Rows are filtered by the statement itself; the scan's filter only chose the files.
            return new LakeView(table.Identifier, await scan.ToSqlAsync(footers ??= Open(), tasks, cancellation), folders);
        }
        finally
        {
            gate.Release();
        }
    }

    private static DuckDBConnection Open()
    {
        var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        return connection;
    }

    private static async Task<string> FolderAsync(Table table, string location, CancellationToken cancellation)
    {
        var storage = table.Manifests.Storage;
        return storage.Warehouse.StartsWith(FileScheme, StringComparison.Ordinal)
            ? storage.Warehouse[FileScheme.Length..]
            : Path.GetDirectoryName(await storage.LocalPathAsync(location, cancellation))!;
    }

    /// <summary>Names are found as written, or, as SQL has it, whatever their case.</summary>
    private async Task<Table> FindAsync(TableName name, CancellationToken cancellation)
    {
        if (name.Namespace.Length > 0)
        {
            try
            {
                return await catalog.LoadTableAsync(new TableIdentifier(name.Namespace, name.Name), cancellation);
            }
            catch (IcebergException missing) when (missing.Failure is IcebergFailure.NoSuchTable or IcebergFailure.NoSuchNamespace)
            {
                // Looked for by other spellings below.
            }
        }

        var known = await ListAsync(cancellation);
        var found = known.Where(identifier => identifier.ToString().Equals(name.ToString(), StringComparison.OrdinalIgnoreCase)).ToArray();
        return found switch
        {
            [var one] => await catalog.LoadTableAsync(one, cancellation),
            [] => throw Unknown(name, known),
            _ => throw QueryException.Refused($"There are several tables that are spelled '{name}' but for case."),
        };
    }

    private async Task<IReadOnlyList<TableIdentifier>> ListAsync(CancellationToken cancellation)
    {
        var identifiers = new List<TableIdentifier>();
        foreach (var space in await catalog.ListNamespacesAsync(null, cancellation))
        {
            identifiers.AddRange(await catalog.ListTablesAsync(space, cancellation));
        }

        return identifiers;
    }

    private static QueryException Unknown(TableName name, IReadOnlyList<TableIdentifier> known)
    {
        var near = NearNames.Of(name.ToString(), known.Select(identifier => identifier.ToString()));
        var hint = near.Count > 0 ? $"Near it are {string.Join(", ", near)}." : "SHOW TABLES lists those that there are.";
        return new QueryException(QueryFailure.UnknownTable, $"There is no table '{name}'. {hint}");
    }
}

/// <param name="Identifier">The table.</param>
/// <param name="Select">Its rows.</param>
/// <param name="Folders">Where their files are.</param>
internal sealed record LakeView(TableIdentifier Identifier, string Select, IReadOnlyCollection<string> Folders);

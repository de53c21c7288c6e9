using Recoup.Lakehouse.Iceberg.Maintenance;
using Recoup.Lakehouse.Iceberg.Manifests;
using Recoup.Lakehouse.Iceberg.Metadata;
using Recoup.Lakehouse.Iceberg.Storage;
using Recoup.Lakehouse.Iceberg.Views;

namespace Recoup.Lakehouse.Iceberg.Catalogs;

/// <summary>
/// A catalog in one SQLite file, in the layout of Iceberg's JDBC catalogs, so that Java and pyiceberg can open it too. A commit writes the new
/// metadata files first and then moves every table's row in one transaction, each from the location that the change was based on: whoever is second
/// finds no row, looks again, and gives up only when a requirement does not hold any more.
/// </summary>
public sealed class SqliteCatalog : ICatalog, IViewCatalog, IDisposable
{
    private const int Attempts = 32;
    private readonly SqliteCatalogFile file;
    private readonly MetadataFiles metadataFiles;
    private readonly ManifestReader manifests;
    private readonly SqliteViewCatalog views;
    private readonly TimeProvider clock;
    private readonly SemaphoreSlim commits = new(1, 1);

    /// <param name="path">The SQLite file; made if it is not there.</param>
    /// <param name="storage">Where the tables are.</param>
    /// <param name="clock">The wall clock, for the times in metadata.</param>
    /// <param name="name">The catalog's name in the file; several can share one.</param>
    public SqliteCatalog(string path, ITableStorage storage, TimeProvider clock, string name = "recoup")
    {
        file = new SqliteCatalogFile(path, name);
        Storage = storage;
        metadataFiles = new MetadataFiles(storage);
        manifests = new ManifestReader(storage);
        views = new SqliteViewCatalog(file, storage, clock);
        this.clock = clock;
    }

    public ITableStorage Storage { get; }

    public Task<IReadOnlyList<TableNamespace>> ListNamespacesAsync(TableNamespace? parent = null, CancellationToken cancellation = default) =>
        file.RunAsync(database => SqliteNamespaces.List(database, parent), cancellation);

    public Task CreateNamespaceAsync(TableNamespace space, IReadOnlyDictionary<string, string>? properties = null, CancellationToken cancellation = default) =>
        file.RunAsync(database => SqliteNamespaces.Create(database, space, properties ?? new Dictionary<string, string>()), cancellation);

    public Task<IReadOnlyDictionary<string, string>> LoadNamespaceAsync(TableNamespace space, CancellationToken cancellation = default) =>
        file.RunAsync(database => SqliteNamespaces.Load(database, space), cancellation);

    public Task UpdateNamespaceAsync(
        TableNamespace space, IReadOnlyCollection<string> removals, IReadOnlyDictionary<string, string> updates, CancellationToken cancellation = default) =>
        file.RunAsync(database => SqliteNamespaces.Update(database, space, removals, updates), cancellation);

    public Task DropNamespaceAsync(TableNamespace space, CancellationToken cancellation = default) =>
        file.RunAsync(database => SqliteNamespaces.Drop(database, space), cancellation);

    public Task<IReadOnlyList<TableIdentifier>> ListTablesAsync(TableNamespace space, CancellationToken cancellation = default) =>
        file.RunAsync(database => SqliteTables.List(database, space), cancellation);

    public async Task<Table> CreateTableAsync(TableIdentifier identifier, TableDefinition definition, CancellationToken cancellation = default)
    {
        var metadata = await StageTableAsync(identifier, definition, cancellation);
        var location = await metadataFiles.WriteAsync(metadata, null, cancellation);
        await file.RunAsync(database => SqliteTables.Insert(database, identifier, location), cancellation);
        return new Table(identifier, metadata, location, manifests);
    }

    public async Task<TableMetadata> StageTableAsync(TableIdentifier identifier, TableDefinition definition, CancellationToken cancellation = default)
    {
        await file.RunAsync(database => SqliteTables.RequireFree(database, identifier), cancellation);
        return NewTable.Create(identifier, definition, Storage.Warehouse, clock.GetUtcNow());
    }

    public async Task<Table> LoadTableAsync(TableIdentifier identifier, CancellationToken cancellation = default) =>
        await FindAsync(identifier, cancellation) ?? throw SqliteTables.NoSuchTable(identifier);

    public async Task<IReadOnlyList<Table>> CommitAsync(IReadOnlyList<TableCommit> changes, CancellationToken cancellation = default)
    {
        // One commit at a time in this process; other processes are found out by the rows.
        await commits.WaitAsync(cancellation);
        try
        {
            for (var attempt = 1; attempt <= Attempts; attempt++)
            {
                if (await TryCommitAsync(changes, cancellation) is { } tables)
                {
                    return tables;
                }
            }
        }
        finally
        {
            commits.Release();
        }

        throw IcebergException.Conflict($"The tables were changed by others {Attempts} times in a row; commit again.");
    }

    public async Task DropTableAsync(TableIdentifier identifier, bool purge = false, CancellationToken cancellation = default)
    {
        var table = purge ? await LoadTableAsync(identifier, cancellation) : null;
        await file.RunAsync(database => SqliteTables.Delete(database, identifier), cancellation);
        if (table is not null)
        {
            // Only what the table names: another may lie in the same folder.
            var files = await ReachableFiles.OfAsync(table, table.Metadata.Snapshots, cancellation);
            foreach (var location in files.Concat(ReachableFiles.MetadataFiles(table)))
            {
                await Storage.DeleteAsync(location, cancellation);
            }
        }
    }

    public Task RenameTableAsync(TableIdentifier source, TableIdentifier destination, CancellationToken cancellation = default) =>
        file.RunAsync(database => SqliteTables.Rename(database, source, destination), cancellation);

    public async Task<Table> RegisterTableAsync(TableIdentifier identifier, string metadataLocation, CancellationToken cancellation = default)
    {
        await file.RunAsync(database => SqliteTables.RequireFree(database, identifier), cancellation);
        var metadata = await ReadRegisteredAsync(metadataLocation, cancellation);
        await file.RunAsync(database => SqliteTables.Insert(database, identifier, metadataLocation), cancellation);
        return new Table(identifier, metadata, metadataLocation, manifests);
    }

    public Task<IReadOnlyList<TableIdentifier>> ListViewsAsync(TableNamespace space, CancellationToken cancellation = default) =>
        views.ListViewsAsync(space, cancellation);

    public Task<View> LoadViewAsync(TableIdentifier identifier, CancellationToken cancellation = default) => views.LoadViewAsync(identifier, cancellation);

    public Task<View> ReplaceViewAsync(TableIdentifier identifier, ViewDefinition definition, CancellationToken cancellation = default) =>
        views.ReplaceViewAsync(identifier, definition, cancellation);

    public Task RenameViewAsync(TableIdentifier source, TableIdentifier destination, CancellationToken cancellation = default) =>
        views.RenameViewAsync(source, destination, cancellation);

    public Task DropViewAsync(TableIdentifier identifier, CancellationToken cancellation = default) => views.DropViewAsync(identifier, cancellation);

    public void Dispose()
    {
        commits.Dispose();
        file.Dispose();
    }

    private async Task<TableMetadata> ReadRegisteredAsync(string location, CancellationToken cancellation)
    {
        try
        {
            return await metadataFiles.ReadAsync(location, cancellation);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw IcebergException.Invalid($"There is no metadata file at {location}.", exception);
        }
    }

    private async Task<Table?> FindAsync(TableIdentifier identifier, CancellationToken cancellation)
    {
        var location = await file.RunAsync(database => SqliteTables.Find(database, identifier), cancellation);
        return location is null ? null : new Table(identifier, await metadataFiles.ReadAsync(location, cancellation), location, manifests);
    }

    /// <summary>One attempt; null when another process moved a row between reading and writing it.</summary>
    private async Task<IReadOnlyList<Table>?> TryCommitAsync(IReadOnlyList<TableCommit> changes, CancellationToken cancellation)
    {
        var prepared = new List<PreparedCommit>();
        foreach (var change in changes)
        {
            prepared.Add(Prepare(change, await FindAsync(change.Identifier, cancellation)));
        }

        // Requirements and updates of every table have been checked: only now is anything written.
        var locations = await Task.WhenAll(prepared.Select(commit => metadataFiles.WriteAsync(commit.After, commit.Before?.MetadataLocation, cancellation)));
        var moves = prepared.Zip(locations, (commit, location) => (commit.Identifier, commit.Before?.MetadataLocation, location)).ToArray();
        if (!await file.RunAsync(database => SqliteTables.Move(database, moves), cancellation))
        {
            await Task.WhenAll(locations.Select(location => Storage.DeleteAsync(location, cancellation)));
            return null;
        }

        foreach (var commit in prepared.Where(commit => commit.Before is not null))
        {
            await metadataFiles.DeleteForgottenAsync(commit.Before!.Metadata, commit.After);
        }

        return [.. prepared.Zip(locations, (commit, location) => new Table(commit.Identifier, commit.After, location, manifests))];
    }

    private PreparedCommit Prepare(TableCommit change, Table? table)
    {
        if (table is null && !change.Requirements.OfType<AssertCreate>().Any())
        {
            throw SqliteTables.NoSuchTable(change.Identifier);
        }

        foreach (var requirement in change.Requirements)
        {
            requirement.Check(table?.Metadata);
        }

        var start = table?.Metadata ?? MetadataBuilder.Nothing(
            change.Updates.OfType<SetLocation>().FirstOrDefault()?.Location ?? NewTable.DefaultLocation(change.Identifier, Storage.Warehouse, Guid.CreateVersion7()));
        var after = MetadataBuilder.Apply(start, table?.MetadataLocation, change.Updates, clock.GetUtcNow());
        return new PreparedCommit(change.Identifier, table, table is null ? NewTable.Complete(after, clock.GetUtcNow()) : after);
    }

    private sealed record PreparedCommit(TableIdentifier Identifier, Table? Before, TableMetadata After);
}

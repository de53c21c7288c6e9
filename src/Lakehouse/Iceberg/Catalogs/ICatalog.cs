using Recoup.Lakehouse.Iceberg.Metadata;
using Recoup.Lakehouse.Iceberg.Partitioning;
using Recoup.Lakehouse.Iceberg.Schemas;

namespace Recoup.Lakehouse.Iceberg.Catalogs;

/// <summary>
/// Knows each table's current metadata file, and moves it on atomically. Refusals are <see cref="IcebergException"/>s with the failure that the
/// specification names.
/// </summary>
public interface ICatalog
{
    /// <summary>The namespaces directly below a parent, or the outermost ones.</summary>
    Task<IReadOnlyList<TableNamespace>> ListNamespacesAsync(TableNamespace? parent = null, CancellationToken cancellation = default);

    Task CreateNamespaceAsync(TableNamespace space, IReadOnlyDictionary<string, string>? properties = null, CancellationToken cancellation = default);

    Task<IReadOnlyDictionary<string, string>> LoadNamespaceAsync(TableNamespace space, CancellationToken cancellation = default);

    Task UpdateNamespaceAsync(
        TableNamespace space, IReadOnlyCollection<string> removals, IReadOnlyDictionary<string, string> updates, CancellationToken cancellation = default);

    Task DropNamespaceAsync(TableNamespace space, CancellationToken cancellation = default);

    Task<IReadOnlyList<TableIdentifier>> ListTablesAsync(TableNamespace space, CancellationToken cancellation = default);

    Task<Table> CreateTableAsync(TableIdentifier identifier, TableDefinition definition, CancellationToken cancellation = default);

    /// <summary>The first metadata of a table that is not created yet; a commit with <see cref="AssertCreate"/> creates it.</summary>
    Task<TableMetadata> StageTableAsync(TableIdentifier identifier, TableDefinition definition, CancellationToken cancellation = default);

    Task<Table> LoadTableAsync(TableIdentifier identifier, CancellationToken cancellation = default);

    /// <summary>Changes several tables at once: all of them or, where a requirement of one does not hold, none.</summary>
    /// <returns>The tables after the commit, in the order of the changes.</returns>
    Task<IReadOnlyList<Table>> CommitAsync(IReadOnlyList<TableCommit> changes, CancellationToken cancellation = default);

    /// <summary>Forgets a table; with <paramref name="purge"/> its files are deleted too.</summary>
    Task DropTableAsync(TableIdentifier identifier, bool purge = false, CancellationToken cancellation = default);

    Task RenameTableAsync(TableIdentifier source, TableIdentifier destination, CancellationToken cancellation = default);

    /// <summary>Takes in a table by its metadata file.</summary>
    Task<Table> RegisterTableAsync(TableIdentifier identifier, string metadataLocation, CancellationToken cancellation = default);
}

/// <summary>What a new table is. Field ids are given by the catalog; those here only tie partitions and order to columns.</summary>
public sealed record TableDefinition(Schema Schema)
{
    public PartitionSpec PartitionSpec { get; init; } = PartitionSpec.Unpartitioned;

    public SortOrder SortOrder { get; init; } = SortOrder.Unsorted;

    public IReadOnlyDictionary<string, string> Properties { get; init; } = new Dictionary<string, string>();

    /// <summary>The table's folder; by default one of its own below the warehouse.</summary>
    public string? Location { get; init; }
}

/// <summary>Changes of one table, and what must still hold for them.</summary>
public sealed record TableCommit(TableIdentifier Identifier, IReadOnlyList<TableRequirement> Requirements, IReadOnlyList<MetadataUpdate> Updates);

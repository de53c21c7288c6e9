using System.Text.Json.Serialization;
using Recoup.Lakehouse.Iceberg.Catalogs;
using Recoup.Lakehouse.Iceberg.Metadata;
using Recoup.Lakehouse.Iceberg.Partitioning;
using Recoup.Lakehouse.Iceberg.Schemas;

namespace Recoup.Lakehouse.Iceberg.Rest;

internal sealed record IdentifierBody([property: JsonRequired] IReadOnlyList<string> Namespace, [property: JsonRequired] string Name)
{
    public static IdentifierBody Of(TableIdentifier identifier) => new(identifier.Namespace.Levels, identifier.Name);

    public TableIdentifier ToIdentifier() => new(new TableNamespace(Namespace), Name);
}

internal sealed record TablesBody(IReadOnlyList<IdentifierBody> Identifiers, string? NextPageToken = null);

internal sealed record CreateTableBody([property: JsonRequired] string Name, [property: JsonRequired] Schema Schema)
{
    public string? Location { get; init; }

    public PartitionSpec? PartitionSpec { get; init; }

    public SortOrder? WriteOrder { get; init; }

    public bool StageCreate { get; init; }

    public IReadOnlyDictionary<string, string>? Properties { get; init; }

    public TableDefinition ToDefinition() => new(Schema)
    {
        Location = Location,
        PartitionSpec = PartitionSpec ?? PartitionSpec.Unpartitioned,
        SortOrder = WriteOrder ?? SortOrder.Unsorted,
        Properties = Properties ?? new Dictionary<string, string>(),
    };
}

/// <param name="MetadataLocation">Null for a staged table.</param>
/// <param name="Metadata">The metadata.</param>
internal sealed record LoadedTableBody(string? MetadataLocation, TableMetadata Metadata)
{
    public IReadOnlyDictionary<string, string> Config { get; } = new Dictionary<string, string>();
}

internal sealed record CommittedBody(string MetadataLocation, TableMetadata Metadata);

internal sealed record CommitBody(
    IdentifierBody? Identifier, [property: JsonRequired] IReadOnlyList<TableRequirement> Requirements, [property: JsonRequired] IReadOnlyList<MetadataUpdate> Updates);

internal sealed record TransactionBody([property: JsonRequired] IReadOnlyList<CommitBody> TableChanges);

internal sealed record RenameBody([property: JsonRequired] IdentifierBody Source, [property: JsonRequired] IdentifierBody Destination);

internal sealed record RegisterBody([property: JsonRequired] string Name, [property: JsonRequired] string MetadataLocation, bool Overwrite = false);

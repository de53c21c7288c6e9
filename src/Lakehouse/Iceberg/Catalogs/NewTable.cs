using Recoup.Lakehouse.Iceberg.Metadata;
using Recoup.Lakehouse.Iceberg.Partitioning;
using Recoup.Lakehouse.Iceberg.Schemas;

namespace Recoup.Lakehouse.Iceberg.Catalogs;

/// <summary>The first metadata of a table.</summary>
internal static class NewTable
{
    public static TableMetadata Create(TableIdentifier identifier, TableDefinition definition, string warehouse, DateTimeOffset now)
    {
        if (definition.Properties.GetValueOrDefault("format-version", "2") is not "2" and var version)
        {
            throw IcebergException.Unsupported($"creating a table of format version {version}; version 2 is written");
        }

        var (schema, renumbered, lastId) = FreshIds.Assign(definition.Schema);
        schema.Find(""); // Names that occur twice are refused here.
        var uuid = Guid.CreateVersion7();
        var location = definition.Location?.TrimEnd('/') ?? DefaultLocation(identifier, warehouse, uuid);
        MetadataUpdate[] updates =
        [
            new AssignUuid(uuid),
            new AddSchema(schema, lastId),
            new SetCurrentSchema(-1),
            new AddSpec(definition.PartitionSpec with { Fields = [.. definition.PartitionSpec.Fields.Select(part => part with { SourceId = renumbered(part.SourceId) })] }),
            new SetDefaultSpec(-1),
            new AddSortOrder(definition.SortOrder with { Fields = [.. definition.SortOrder.Fields.Select(part => part with { SourceId = renumbered(part.SourceId) })] }),
            new SetDefaultSortOrder(-1),
            new SetProperties(definition.Properties.Where(pair => pair.Key is not "format-version").ToDictionary()),
        ];
        return MetadataBuilder.Apply(MetadataBuilder.Nothing(location), null, updates, now);
    }

    /// <summary>Fills in what the first commit of a staged table may leave out: a uuid, no partitions, no order.</summary>
    public static TableMetadata Complete(TableMetadata metadata, DateTimeOffset now)
    {
        _ = metadata.CurrentSchema;
        var updates = new List<MetadataUpdate>();
        if (metadata.TableUuid == Guid.Empty)
        {
            updates.Add(new AssignUuid(Guid.CreateVersion7()));
        }

        if (metadata.PartitionSpecs.All(spec => spec.SpecId != metadata.DefaultSpecId))
        {
            updates.AddRange([new AddSpec(PartitionSpec.Unpartitioned), new SetDefaultSpec(-1)]);
        }

        if (metadata.SortOrders.All(order => order.OrderId != metadata.DefaultSortOrderId))
        {
            updates.AddRange([new AddSortOrder(SortOrder.Unsorted), new SetDefaultSortOrder(-1)]);
        }

        return MetadataBuilder.Apply(metadata, null, updates, now);
    }

    /// <summary>
    /// Every table has a folder that no other had before: one that is renamed and one made under its old name must not share files, or removing the
    /// orphans of one would delete the other's.
    /// </summary>
    public static string DefaultLocation(TableIdentifier identifier, string warehouse, Guid uuid) =>
        $"{warehouse}/{string.Join('/', identifier.Namespace.Levels.Select(Folder))}/{Folder(identifier.Name)}-{uuid.ToString("N")[^12..]}";

    /// <summary>Names may hold anything, folders may not.</summary>
    private static string Folder(string name) =>
        string.Concat(name.Select(character => char.IsAsciiLetterOrDigit(character) || character is '_' or '-' ? character : '_'));
}

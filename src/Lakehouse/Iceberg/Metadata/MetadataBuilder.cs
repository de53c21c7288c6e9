using Recoup.Lakehouse.Iceberg.Partitioning;

namespace Recoup.Lakehouse.Iceberg.Metadata;

/// <summary>Applies updates to metadata, in order, and holds the format's rules. The base is not changed; an update that is refused changes nothing.</summary>
public sealed class MetadataBuilder
{
    private readonly HashSet<long> addedSnapshots = [];
    private readonly long nowMs;
    private TableMetadata metadata;
    private int? lastAddedSchema;
    private int? lastAddedSpec;
    private int? lastAddedOrder;

    private MetadataBuilder(TableMetadata metadata, DateTimeOffset now)
    {
        nowMs = Math.Max(now.ToUnixTimeMilliseconds(), metadata.LastUpdatedMs); // A clock that was set back does not set the table back.
        this.metadata = metadata with { LastUpdatedMs = nowMs };
    }

    /// <summary>The metadata after the updates; its log names <paramref name="previousLocation"/>, the file of the base.</summary>
    public static TableMetadata Apply(TableMetadata metadata, string? previousLocation, IEnumerable<MetadataUpdate> updates, DateTimeOffset now)
    {
        var builder = new MetadataBuilder(metadata, now);
        foreach (var update in updates)
        {
            builder.Apply(update);
        }

        return previousLocation is null ? builder.metadata : MetadataHistory.Append(builder.metadata, metadata.LastUpdatedMs, previousLocation);
    }

    /// <summary>What a table is built from when its first commit says everything, as a staged creation does.</summary>
    public static TableMetadata Nothing(string location) => new()
    {
        Location = location,
        CurrentSchemaId = -1,
        DefaultSpecId = -1,
        DefaultSortOrderId = -1,
    };

    private void Apply(MetadataUpdate update)
    {
        metadata = update switch
        {
            AssignUuid assign => metadata with { TableUuid = SameUuid(assign.Uuid) },
            UpgradeFormatVersion upgrade => metadata with { FormatVersion = Upgraded(upgrade.FormatVersion) },
            AddSchema add => WithSchema(add),
            SetCurrentSchema set => metadata with { CurrentSchemaId = metadata.SchemaOf(Last(set.SchemaId, lastAddedSchema, "schema")).SchemaId },
            AddSpec add => WithSpec(add.Spec),
            SetDefaultSpec set => metadata with { DefaultSpecId = metadata.SpecOf(Last(set.SpecId, lastAddedSpec, "partition spec")).SpecId },
            AddSortOrder add => WithSortOrder(add.SortOrder),
            SetDefaultSortOrder set => metadata with { DefaultSortOrderId = SortOrderOf(Last(set.SortOrderId, lastAddedOrder, "sort order")) },
            AddSnapshot add => WithSnapshot(add.Snapshot),
            SetSnapshotRef set => WithReference(set),
            RemoveSnapshots remove => MetadataHistory.WithoutSnapshots(metadata, [.. remove.SnapshotIds]),
            RemoveSnapshotRef remove => WithoutReference(remove.RefName),
            SetLocation set => metadata with { Location = set.Location.TrimEnd('/') },
            SetProperties set => metadata with { Properties = Merged(set.Updates) },
            RemoveProperties remove => metadata with { Properties = metadata.Properties.Where(pair => !remove.Removals.Contains(pair.Key)).ToDictionary() },
            SetStatistics set => metadata with { Statistics = [.. StatisticsBut(set.Statistics.SnapshotId), set.Statistics] },
            RemoveStatistics remove => metadata with { Statistics = [.. StatisticsBut(remove.SnapshotId)] },
            SetPartitionStatistics set => metadata with { PartitionStatistics = [.. PartitionStatisticsBut(set.PartitionStatistics.SnapshotId), set.PartitionStatistics] },
            RemovePartitionStatistics remove => metadata with { PartitionStatistics = [.. PartitionStatisticsBut(remove.SnapshotId)] },
            RemovePartitionSpecs remove => WithoutSpecs(remove.SpecIds),
            RemoveSchemas remove => WithoutSchemas(remove.SchemaIds),
            _ => throw IcebergException.Unsupported($"metadata update {update.GetType().Name}"),
        };
    }

    private Guid SameUuid(Guid uuid) => metadata.TableUuid == Guid.Empty || metadata.TableUuid == uuid
        ? uuid
        : throw IcebergException.Invalid($"The table's uuid is {metadata.TableUuid} and cannot be changed to {uuid}.");

    private int Upgraded(int version) => version is TableMetadata.WrittenFormatVersion
        ? version
        : version < metadata.FormatVersion
            ? throw IcebergException.Invalid($"The table has format version {metadata.FormatVersion} and cannot go back to {version}.")
            : version == metadata.FormatVersion ? version : throw IcebergException.Unsupported($"format version {version}; {TableMetadata.WrittenFormatVersion} is written");

    private TableMetadata WithSchema(AddSchema add)
    {
        var known = metadata.Schemas.FirstOrDefault(schema => schema.SameColumns(add.Schema));
        lastAddedSchema = known?.SchemaId ?? metadata.Schemas.Select(schema => schema.SchemaId + 1).Append(0).Max();
        var highest = Math.Max(add.Schema.HighestFieldId, Math.Max(add.LastColumnId ?? 0, metadata.LastColumnId));
        return metadata with
        {
            LastColumnId = highest,
            Schemas = known is null ? [.. metadata.Schemas, add.Schema with { SchemaId = lastAddedSchema.Value }] : metadata.Schemas,
        };
    }

    private TableMetadata WithSpec(PartitionSpec spec)
    {
        var numbered = PartitionSpecIds.Assign(spec, metadata);
        var known = metadata.PartitionSpecs.FirstOrDefault(other => other.SameFields(numbered));
        lastAddedSpec = known?.SpecId ?? metadata.PartitionSpecs.Select(other => other.SpecId + 1).Append(0).Max();
        return metadata with
        {
            LastPartitionId = Math.Max(metadata.LastPartitionId, numbered.HighestFieldId),
            PartitionSpecs = known is null ? [.. metadata.PartitionSpecs, numbered with { SpecId = lastAddedSpec.Value }] : metadata.PartitionSpecs,
        };
    }

    private TableMetadata WithSortOrder(SortOrder order)
    {
        foreach (var field in order.Fields)
        {
            field.Transform.ResultType(PartitionSpecIds.Source(metadata.CurrentSchema, field.SourceId));
        }

        var known = metadata.SortOrders.FirstOrDefault(other => other.Fields.SequenceEqual(order.Fields));
        lastAddedOrder = known?.OrderId ?? (order.Fields.Count is 0 ? 0 : metadata.SortOrders.Select(other => other.OrderId + 1).Append(1).Max());
        return known is not null ? metadata : metadata with { SortOrders = [.. metadata.SortOrders, order with { OrderId = lastAddedOrder.Value }] };
    }

    private TableMetadata WithSnapshot(Snapshot snapshot)
    {
        if (metadata.FindSnapshot(snapshot.SnapshotId) is not null)
        {
            throw IcebergException.Invalid($"The table has a snapshot {snapshot.SnapshotId} already.");
        }

        if (metadata.FormatVersion > 1 && snapshot.SequenceNumber <= metadata.LastSequenceNumber)
        {
            throw IcebergException.Invalid(
                $"Snapshot {snapshot.SnapshotId} has sequence number {snapshot.SequenceNumber}, and the table has reached {metadata.LastSequenceNumber}.");
        }

        addedSnapshots.Add(snapshot.SnapshotId);
        return metadata with
        {
            LastSequenceNumber = Math.Max(metadata.LastSequenceNumber, snapshot.SequenceNumber),
            Snapshots = [.. metadata.Snapshots, snapshot],
            LastUpdatedMs = Math.Max(nowMs, snapshot.TimestampMs),
        };
    }

    private TableMetadata WithReference(SetSnapshotRef set)
    {
        var snapshot = metadata.FindSnapshot(set.SnapshotId)
            ?? throw IcebergException.Invalid($"'{set.RefName}' cannot point to snapshot {set.SnapshotId}: the table has none with this id.");
        var isMain = set.RefName is TableMetadata.MainBranch;
        if (set.Type is not ("branch" or "tag") || (isMain && set.Type is "tag"))
        {
            throw IcebergException.Invalid($"'{set.RefName}' cannot be a '{set.Type}': references are branches or tags, and main is a branch.");
        }

        var reference = new SnapshotReference(set.SnapshotId, set.Type, set.MinSnapshotsToKeep, set.MaxSnapshotAgeMs, set.MaxRefAgeMs);
        var next = metadata with { Refs = new Dictionary<string, SnapshotReference>(metadata.Refs) { [set.RefName] = reference } };
        if (!isMain || metadata.CurrentSnapshotId == set.SnapshotId)
        {
            return next;
        }

        var movedAt = addedSnapshots.Contains(set.SnapshotId) ? snapshot.TimestampMs : nowMs;
        return next with { CurrentSnapshotId = set.SnapshotId, SnapshotLog = [.. metadata.SnapshotLog, new SnapshotLogEntry(movedAt, set.SnapshotId)] };
    }

    private TableMetadata WithoutReference(string name) => metadata with
    {
        Refs = metadata.Refs.Where(pair => pair.Key != name).ToDictionary(),
        CurrentSnapshotId = name is TableMetadata.MainBranch ? null : metadata.CurrentSnapshotId,
    };

    private TableMetadata WithoutSpecs(IReadOnlyList<int> ids) => ids.Contains(metadata.DefaultSpecId)
        ? throw IcebergException.Invalid($"Partition spec {metadata.DefaultSpecId} is the table's default and cannot be removed.")
        : metadata with { PartitionSpecs = [.. metadata.PartitionSpecs.Where(spec => !ids.Contains(spec.SpecId))] };

    private TableMetadata WithoutSchemas(IReadOnlyList<int> ids) => ids.Contains(metadata.CurrentSchemaId)
        ? throw IcebergException.Invalid($"Schema {metadata.CurrentSchemaId} is the table's current one and cannot be removed.")
        : metadata with { Schemas = [.. metadata.Schemas.Where(schema => !ids.Contains(schema.SchemaId))] };

    private Dictionary<string, string> Merged(IReadOnlyDictionary<string, string> updates)
    {
        var merged = new Dictionary<string, string>(metadata.Properties);
        foreach (var (key, value) in updates)
        {
            merged[key] = value;
        }

        return merged;
    }

    private IEnumerable<StatisticsFile> StatisticsBut(long snapshotId) => metadata.Statistics.Where(file => file.SnapshotId != snapshotId);

    private IEnumerable<PartitionStatisticsFile> PartitionStatisticsBut(long snapshotId) =>
        metadata.PartitionStatistics.Where(file => file.SnapshotId != snapshotId);

    private int SortOrderOf(int id) => metadata.SortOrders.Any(order => order.OrderId == id)
        ? id
        : throw IcebergException.Invalid($"The table has no sort order {id}.");

    private static int Last(int id, int? lastAdded, string what) => id is not -1
        ? id
        : lastAdded ?? throw IcebergException.Invalid($"-1 means the {what} that this commit added, and it added none.");
}

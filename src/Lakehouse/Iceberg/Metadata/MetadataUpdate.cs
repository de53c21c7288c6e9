using System.Text.Json.Serialization;
using Recoup.Lakehouse.Iceberg.Partitioning;
using Recoup.Lakehouse.Iceberg.Schemas;

namespace Recoup.Lakehouse.Iceberg.Metadata;

/// <summary>One change of a table's metadata, as commits name it: the same in this process and over REST.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "action", UnknownDerivedTypeHandling = JsonUnknownDerivedTypeHandling.FailSerialization)]
[JsonDerivedType(typeof(AssignUuid), "assign-uuid")]
[JsonDerivedType(typeof(UpgradeFormatVersion), "upgrade-format-version")]
[JsonDerivedType(typeof(AddSchema), "add-schema")]
[JsonDerivedType(typeof(SetCurrentSchema), "set-current-schema")]
[JsonDerivedType(typeof(AddSpec), "add-spec")]
[JsonDerivedType(typeof(SetDefaultSpec), "set-default-spec")]
[JsonDerivedType(typeof(AddSortOrder), "add-sort-order")]
[JsonDerivedType(typeof(SetDefaultSortOrder), "set-default-sort-order")]
[JsonDerivedType(typeof(AddSnapshot), "add-snapshot")]
[JsonDerivedType(typeof(SetSnapshotRef), "set-snapshot-ref")]
[JsonDerivedType(typeof(RemoveSnapshots), "remove-snapshots")]
[JsonDerivedType(typeof(RemoveSnapshotRef), "remove-snapshot-ref")]
[JsonDerivedType(typeof(SetLocation), "set-location")]
[JsonDerivedType(typeof(SetProperties), "set-properties")]
[JsonDerivedType(typeof(RemoveProperties), "remove-properties")]
[JsonDerivedType(typeof(SetStatistics), "set-statistics")]
[JsonDerivedType(typeof(RemoveStatistics), "remove-statistics")]
[JsonDerivedType(typeof(SetPartitionStatistics), "set-partition-statistics")]
[JsonDerivedType(typeof(RemovePartitionStatistics), "remove-partition-statistics")]
[JsonDerivedType(typeof(RemovePartitionSpecs), "remove-partition-specs")]
[JsonDerivedType(typeof(RemoveSchemas), "remove-schemas")]
public abstract record MetadataUpdate;

public sealed record AssignUuid([property: JsonRequired] Guid Uuid) : MetadataUpdate;

public sealed record UpgradeFormatVersion([property: JsonRequired] int FormatVersion) : MetadataUpdate;

public sealed record AddSchema([property: JsonRequired] Schema Schema, int? LastColumnId = null) : MetadataUpdate;

/// <param name="SchemaId">-1 is the schema that this commit added last.</param>
public sealed record SetCurrentSchema([property: JsonRequired] int SchemaId) : MetadataUpdate;

public sealed record AddSpec([property: JsonRequired] PartitionSpec Spec) : MetadataUpdate;

/// <param name="SpecId">-1 is the spec that this commit added last.</param>
public sealed record SetDefaultSpec([property: JsonRequired] int SpecId) : MetadataUpdate;

public sealed record AddSortOrder([property: JsonRequired] SortOrder SortOrder) : MetadataUpdate;

/// <param name="SortOrderId">-1 is the order that this commit added last.</param>
public sealed record SetDefaultSortOrder([property: JsonRequired] int SortOrderId) : MetadataUpdate;

public sealed record AddSnapshot([property: JsonRequired] Snapshot Snapshot) : MetadataUpdate;

public sealed record SetSnapshotRef(
    [property: JsonRequired] string RefName,
    [property: JsonRequired] string Type,
    [property: JsonRequired] long SnapshotId,
    int? MinSnapshotsToKeep = null,
    long? MaxSnapshotAgeMs = null,
    long? MaxRefAgeMs = null) : MetadataUpdate;

public sealed record RemoveSnapshots([property: JsonRequired] IReadOnlyList<long> SnapshotIds) : MetadataUpdate;

public sealed record RemoveSnapshotRef([property: JsonRequired] string RefName) : MetadataUpdate;

public sealed record SetLocation([property: JsonRequired] string Location) : MetadataUpdate;

public sealed record SetProperties([property: JsonRequired] IReadOnlyDictionary<string, string> Updates) : MetadataUpdate;

public sealed record RemoveProperties([property: JsonRequired] IReadOnlyList<string> Removals) : MetadataUpdate;

public sealed record SetStatistics([property: JsonRequired] StatisticsFile Statistics) : MetadataUpdate;

public sealed record RemoveStatistics([property: JsonRequired] long SnapshotId) : MetadataUpdate;

public sealed record SetPartitionStatistics([property: JsonRequired] PartitionStatisticsFile PartitionStatistics) : MetadataUpdate;

public sealed record RemovePartitionStatistics([property: JsonRequired] long SnapshotId) : MetadataUpdate;

public sealed record RemovePartitionSpecs([property: JsonRequired] IReadOnlyList<int> SpecIds) : MetadataUpdate;

public sealed record RemoveSchemas([property: JsonRequired] IReadOnlyList<int> SchemaIds) : MetadataUpdate;

using System.Text.Json.Serialization;

namespace Recoup.Lakehouse.Iceberg.Metadata;

/// <summary>What must still hold of a table for a commit to be made: this is how optimistic commits notice each other.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type", UnknownDerivedTypeHandling = JsonUnknownDerivedTypeHandling.FailSerialization)]
[JsonDerivedType(typeof(AssertCreate), "assert-create")]
[JsonDerivedType(typeof(AssertTableUuid), "assert-table-uuid")]
[JsonDerivedType(typeof(AssertRefSnapshotId), "assert-ref-snapshot-id")]
[JsonDerivedType(typeof(AssertLastAssignedFieldId), "assert-last-assigned-field-id")]
[JsonDerivedType(typeof(AssertCurrentSchemaId), "assert-current-schema-id")]
[JsonDerivedType(typeof(AssertLastAssignedPartitionId), "assert-last-assigned-partition-id")]
[JsonDerivedType(typeof(AssertDefaultSpecId), "assert-default-spec-id")]
[JsonDerivedType(typeof(AssertDefaultSortOrderId), "assert-default-sort-order-id")]
public abstract record TableRequirement
{
    /// <summary>Refuses the commit where the requirement does not hold.</summary>
    /// <param name="metadata">The table as it is; null when there is none.</param>
    /// <exception cref="IcebergException">With <see cref="IcebergFailure.CommitConflict"/>.</exception>
    public void Check(TableMetadata? metadata)
    {
        if (!Holds(metadata))
        {
            throw IcebergException.Conflict($"The table has changed: {this} does not hold.");
        }
    }

    protected abstract bool Holds(TableMetadata? metadata);
}

public sealed record AssertCreate : TableRequirement
{
    protected override bool Holds(TableMetadata? metadata) => metadata is null;
}

public sealed record AssertTableUuid([property: JsonRequired] Guid Uuid) : TableRequirement
{
    protected override bool Holds(TableMetadata? metadata) => metadata?.TableUuid == Uuid;
}

/// <param name="Ref">The branch or tag.</param>
/// <param name="SnapshotId">Where it must point; null when it must not exist.</param>
public sealed record AssertRefSnapshotId(
    [property: JsonRequired] string Ref, [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] long? SnapshotId) : TableRequirement
{
    protected override bool Holds(TableMetadata? metadata) => metadata?.Refs.GetValueOrDefault(Ref)?.SnapshotId == SnapshotId;
}

public sealed record AssertLastAssignedFieldId([property: JsonRequired] int LastAssignedFieldId) : TableRequirement
{
    protected override bool Holds(TableMetadata? metadata) => metadata?.LastColumnId == LastAssignedFieldId;
}

public sealed record AssertCurrentSchemaId([property: JsonRequired] int CurrentSchemaId) : TableRequirement
{
    protected override bool Holds(TableMetadata? metadata) => metadata?.CurrentSchemaId == CurrentSchemaId;
}

public sealed record AssertLastAssignedPartitionId([property: JsonRequired] int LastAssignedPartitionId) : TableRequirement
{
    protected override bool Holds(TableMetadata? metadata) => metadata?.LastPartitionId == LastAssignedPartitionId;
}

public sealed record AssertDefaultSpecId([property: JsonRequired] int DefaultSpecId) : TableRequirement
{
    protected override bool Holds(TableMetadata? metadata) => metadata?.DefaultSpecId == DefaultSpecId;
}

public sealed record AssertDefaultSortOrderId([property: JsonRequired] int DefaultSortOrderId) : TableRequirement
{
    protected override bool Holds(TableMetadata? metadata) => metadata?.DefaultSortOrderId == DefaultSortOrderId;
}

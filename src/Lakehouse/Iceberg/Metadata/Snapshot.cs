using System.Text.Json;
using System.Text.Json.Serialization;

namespace Recoup.Lakehouse.Iceberg.Metadata;

/// <summary>The table's files at one commit.</summary>
public sealed record Snapshot
{
    [JsonRequired]
    public long SnapshotId { get; init; }

    public long? ParentSnapshotId { get; init; }

    /// <summary>0 for snapshots of format version 1.</summary>
    public long SequenceNumber { get; init; }

    /// <summary>Unix milliseconds.</summary>
    public long TimestampMs { get; init; }

    public string? ManifestList { get; init; }

    /// <summary>What the commit did, with <c>operation</c> first.</summary>
    public IReadOnlyDictionary<string, string> Summary { get; init; } = new Dictionary<string, string>();

    public int? SchemaId { get; init; }

    [JsonIgnore]
    public string Operation => Summary.GetValueOrDefault("operation", "");
}

/// <param name="SnapshotId">Where the branch or tag points.</param>
/// <param name="Type"><c>branch</c> or <c>tag</c>.</param>
/// <param name="MinSnapshotsToKeep">Of a branch: snapshots that expiry leaves.</param>
/// <param name="MaxSnapshotAgeMs">Of a branch: the age at which its snapshots expire.</param>
/// <param name="MaxRefAgeMs">The age at which the reference itself goes; main never does.</param>
public sealed record SnapshotReference(long SnapshotId, string Type, int? MinSnapshotsToKeep = null, long? MaxSnapshotAgeMs = null, long? MaxRefAgeMs = null);

/// <summary>A Puffin file with statistics of a snapshot; kept, not read.</summary>
public sealed record StatisticsFile(
    long SnapshotId, string StatisticsPath, long FileSizeInBytes, long FileFooterSizeInBytes, JsonElement BlobMetadata, string? KeyMetadata = null);

public sealed record PartitionStatisticsFile(long SnapshotId, string StatisticsPath, long FileSizeInBytes);

/// <summary>Writes "no snapshot" as -1, as the reference implementation did, and reads -1, null and nothing as none.</summary>
internal sealed class SnapshotIdConverter : JsonConverter<long?>
{
    public override bool HandleNull => true;

    public override long? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType is JsonTokenType.Null || reader.GetInt64() is -1 ? null : reader.GetInt64();

    public override void Write(Utf8JsonWriter writer, long? value, JsonSerializerOptions options) => writer.WriteNumberValue(value ?? -1);
}

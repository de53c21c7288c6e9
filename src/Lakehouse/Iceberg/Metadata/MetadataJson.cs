using System.IO.Compression;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Recoup.Lakehouse.Iceberg.Partitioning;
using Recoup.Lakehouse.Iceberg.Schemas;

namespace Recoup.Lakehouse.Iceberg.Metadata;

/// <summary>Metadata files as JSON. Versions 1 and 2 are read, gzipped or not; version 2 is written.</summary>
public static class MetadataJson
{
    /// <summary>The specification's spelling (<c>current-schema-id</c>) of everything in metadata, manifests and REST bodies.</summary>
    public static JsonSerializerOptions Options { get; } = new(Spelling()) { Converters = { new SnapshotJsonConverter(Spelling()) } };

    public static byte[] Write(TableMetadata metadata) => JsonSerializer.SerializeToUtf8Bytes(metadata, Options);

    /// <summary>Reads a metadata file.</summary>
    /// <exception cref="IcebergException">It is damaged, or of a format version that is not supported.</exception>
    public static TableMetadata Read(byte[] bytes, string location)
    {
        try
        {
            var json = JsonNode.Parse(Unzipped(bytes)) as JsonObject ?? throw IcebergException.Invalid($"{location} holds no JSON object.");
            return Read(json);
        }
        catch (Exception exception) when (exception is JsonException or InvalidDataException or InvalidOperationException)
        {
            throw IcebergException.Invalid($"{location} is no table metadata: {exception.Message}", exception);
        }
    }

    /// <summary>Reads metadata that came inside another document, such as a REST answer.</summary>
    internal static TableMetadata Read(JsonObject json)
    {
        var version = (int?)json["format-version"] ?? throw IcebergException.Invalid("The metadata has no format-version.");
        if (version is not (1 or 2))
        {
            throw IcebergException.Unsupported($"table format version {version}; 1 and 2 are read");
        }

        FormatVersion1.Complete(json);
        var metadata = json.Deserialize<TableMetadata>(Options)!;
        var specs = metadata.PartitionSpecs.Select(spec => spec.WithFieldIds()).ToArray();
        return metadata with
        {
            PartitionSpecs = specs,
            LastPartitionId = Math.Max(metadata.LastPartitionId, specs.Select(spec => spec.HighestFieldId).Append(PartitionSpec.FirstFieldId - 1).Max()),
            Refs = metadata.CurrentSnapshotId is { } current && !metadata.Refs.ContainsKey(TableMetadata.MainBranch)
                ? new Dictionary<string, SnapshotReference>(metadata.Refs) { [TableMetadata.MainBranch] = new(current, "branch") }
                : metadata.Refs,
        };
    }

    private static JsonSerializerOptions Spelling() => new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.KebabCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        AllowOutOfOrderMetadataProperties = true,
        RespectNullableAnnotations = true,
        Converters = { new TypeJsonConverter(), new TransformJsonConverter() },
    };

    private static byte[] Unzipped(byte[] bytes)
    {
        if (bytes is not [0x1F, 0x8B, ..])
        {
            return bytes;
        }

        using var input = new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress);
        var output = new MemoryStream();
        input.CopyTo(output);
        return output.ToArray();
    }
}

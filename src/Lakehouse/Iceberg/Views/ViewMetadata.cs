using System.Text.Json;
using System.Text.Json.Serialization;
using Recoup.Lakehouse.Iceberg.Metadata;
using Recoup.Lakehouse.Iceberg.Schemas;

namespace Recoup.Lakehouse.Iceberg.Views;

/// <summary>A view's metadata file (Iceberg view specification, format version 1). It does not change; a new definition is a new file.</summary>
public sealed record ViewMetadata
{
    public const int WrittenFormatVersion = 1;

    [JsonRequired]
    public Guid ViewUuid { get; init; }

    [JsonRequired]
    public int FormatVersion { get; init; }

    [JsonRequired]
    public string Location { get; init; } = "";

    [JsonRequired]
    public int CurrentVersionId { get; init; }

    [JsonRequired]
    public IReadOnlyList<ViewVersion> Versions { get; init; } = [];

    [JsonRequired]
    public IReadOnlyList<ViewVersionLogEntry> VersionLog { get; init; } = [];

    [JsonRequired]
    public IReadOnlyList<Schema> Schemas { get; init; } = [];

    public IReadOnlyDictionary<string, string> Properties { get; init; } = new Dictionary<string, string>();

    [JsonIgnore]
    public ViewVersion CurrentVersion => Versions.FirstOrDefault(version => version.VersionId == CurrentVersionId)
        ?? throw IcebergException.Invalid($"The view has no version {CurrentVersionId}, which its metadata names as the current one.");

    [JsonIgnore]
    public Schema CurrentSchema => Schemas.FirstOrDefault(schema => schema.SchemaId == CurrentVersion.SchemaId)
        ?? throw IcebergException.Invalid($"The view has no schema {CurrentVersion.SchemaId}, which its current version names.");

    /// <summary>Reads a metadata file.</summary>
    /// <exception cref="IcebergException">It is damaged, or of another format version.</exception>
    public static ViewMetadata Read(ReadOnlySpan<byte> json, string location)
    {
        try
        {
            var view = JsonSerializer.Deserialize<ViewMetadata>(json, MetadataJson.Options)!;
            return view.FormatVersion is WrittenFormatVersion ? view : throw IcebergException.Unsupported($"view format version {view.FormatVersion} ({location})");
        }
        catch (JsonException exception)
        {
            throw IcebergException.Invalid($"{location} is no view metadata: {exception.Message}", exception);
        }
    }

    public byte[] Write() => JsonSerializer.SerializeToUtf8Bytes(this, MetadataJson.Options);
}

public sealed record ViewVersion([property: JsonRequired] int VersionId, [property: JsonRequired] long TimestampMs, [property: JsonRequired] int SchemaId)
{
    public IReadOnlyDictionary<string, string> Summary { get; init; } = new Dictionary<string, string>();

    [JsonRequired]
    public IReadOnlyList<ViewRepresentation> Representations { get; init; } = [];

    /// <summary>The catalog that names without one are in; <see langword="null"/> for the view's own.</summary>
    public string? DefaultCatalog { get; init; }

    /// <summary>The namespace that names without one are in.</summary>
    [JsonRequired]
    public IReadOnlyList<string> DefaultNamespace { get; init; } = [];
}

/// <summary>The query in one engine's SQL.</summary>
public sealed record ViewRepresentation([property: JsonRequired] string Type, [property: JsonRequired] string Sql, [property: JsonRequired] string Dialect);

public sealed record ViewVersionLogEntry([property: JsonRequired] long TimestampMs, [property: JsonRequired] int VersionId);

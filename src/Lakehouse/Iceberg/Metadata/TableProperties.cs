namespace Recoup.Lakehouse.Iceberg.Metadata;

/// <summary>The table properties that this library obeys; the names are Iceberg's own.</summary>
public static class TableProperties
{
    /// <summary>Earlier metadata files that the log keeps; 100.</summary>
    public const string PreviousMetadataFiles = "write.metadata.previous-versions-max";

    /// <summary><c>true</c> deletes metadata files that fall off the log.</summary>
    public const string DeletePreviousMetadata = "write.metadata.delete-after-commit.enabled";

    /// <summary>Manifests of one spec at which an append merges them; 100.</summary>
    public const string ManifestsToMerge = "commit.manifest.min-count-to-merge";

    /// <summary>Parquet compression: <c>zstd</c> (the default), <c>snappy</c>, <c>gzip</c> or <c>uncompressed</c>.</summary>
    public const string ParquetCompression = "write.parquet.compression-codec";

    /// <summary>The field ids of columns in files that were written without any.</summary>
    public const string NameMapping = "schema.name-mapping.default";
}

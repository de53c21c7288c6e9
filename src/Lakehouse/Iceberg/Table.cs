using Recoup.Lakehouse.Iceberg.Catalogs;
using Recoup.Lakehouse.Iceberg.Manifests;
using Recoup.Lakehouse.Iceberg.Metadata;
using Recoup.Lakehouse.Iceberg.Scans;
using Recoup.Lakehouse.Iceberg.Schemas;

namespace Recoup.Lakehouse.Iceberg;

/// <summary>A table as it was when it was loaded. It does not change; load it again to see later commits.</summary>
public sealed record Table(TableIdentifier Identifier, TableMetadata Metadata, string MetadataLocation, ManifestReader Manifests)
{
    public Schema Schema => Metadata.CurrentSchema;

    public Snapshot? CurrentSnapshot => Metadata.CurrentSnapshot;

    /// <summary>A read of the current snapshot; narrow it with <c>Where</c>, <c>AtSnapshot</c>, <c>AsOf</c> or <c>AtReference</c>.</summary>
    public TableScan Scan() => new(this);
}

using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Recoup.Lakehouse.Iceberg.Hosting;

/// <summary>Where the lake is (section <c>Lake</c>).</summary>
public sealed class LakeOptions
{
    /// <summary>A folder or <c>s3://bucket/prefix</c>; by default <c>warehouse</c> in the data folder.</summary>
    [Required]
    public string Warehouse { get; set; } = "";

    /// <summary>The SQLite file of the catalog; by default <c>catalog.db</c> in the data folder. Not used with <see cref="Catalog"/>.</summary>
    [Required]
    public string CatalogPath { get; set; } = "";

    /// <summary>The address of an Iceberg REST catalog; empty for the SQLite one.</summary>
    public string Catalog { get; set; } = "";

    /// <summary>OAuth2 client credentials of the REST catalog as <c>client:secret</c>; empty where it asks for none.</summary>
    public string CatalogCredential { get; set; } = "";

    /// <summary>The warehouse's name in the REST catalog; empty where it has one only.</summary>
    public string CatalogWarehouse { get; set; } = "";
}

/// <summary>How S3 is reached (section <c>S3</c>); keys come from the usual AWS chain.</summary>
public sealed class S3Options
{
    /// <summary>The address of a store other than AWS, reached with path style; empty for AWS.</summary>
    public string Endpoint { get; set; } = "";

    /// <summary>The region; a store of one's own takes any.</summary>
    [Required]
    public string Region { get; set; } = "us-east-1";

    /// <summary>Where local copies of data files are; by default <c>lake-copies</c> in the data folder.</summary>
    [Required]
    public string CopiesFolder { get; set; } = "";

    /// <summary>Bytes that the copies may take; 10 GiB.</summary>
    [Range(1L << 20, long.MaxValue)]
    public long CopiesLimit { get; set; } = 10L << 30;
}

[OptionsValidator]
internal sealed partial class LakeOptionsValidator : IValidateOptions<LakeOptions>;

[OptionsValidator]
internal sealed partial class S3OptionsValidator : IValidateOptions<S3Options>;

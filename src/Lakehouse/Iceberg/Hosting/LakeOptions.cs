using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Recoup.Lakehouse.Iceberg.Hosting;

/// <summary>Section <c>Lake</c>: where the tables are.</summary>
public sealed class LakeOptions
{
    public const string Section = "Lake";

    /// <summary>Folder or <c>s3://bucket/prefix</c> of the tables; empty: <c>warehouse</c> in the data folder.</summary>
    public string Warehouse { get; set; } = "";

    /// <summary>URL of an Iceberg REST catalog; empty: a SQLite catalog in the data folder.</summary>
    [RegularExpression("^$|^https?://.+$", ErrorMessage = "Lake__Catalog must be the URL of an Iceberg REST catalog, such as http://polaris:8181/api/catalog.")]
    public string Catalog { get; set; } = "";

    /// <summary>OAuth2 client credentials for the REST catalog, as <c>client:secret</c>; empty where it asks for none.</summary>
    [RegularExpression("^$|^[^:]+:.+$", ErrorMessage = "Lake__CatalogCredential must be client:secret.")]
    public string CatalogCredential { get; set; } = "";

    /// <summary>The warehouse's name in the REST catalog; empty where it has one only.</summary>
    public string CatalogWarehouse { get; set; } = "";

    public bool HasRestCatalog => Catalog.Length > 0;
}

/// <summary>Section <c>S3</c>: how <c>s3://</c> is reached. Keys come from the usual chain of AWS.</summary>
public sealed class S3Options
{
    public const string Section = "S3";

    /// <summary>Address of a store that speaks S3's protocol, such as MinIO, reached with path style; empty: AWS.</summary>
    [RegularExpression("^$|^https?://.+$", ErrorMessage = "S3__Endpoint must be a URL, such as http://minio:9000.")]
    public string Endpoint { get; set; } = "";

    /// <summary>The region; a store of one's own takes any.</summary>
    [Required(ErrorMessage = "S3__Region must be a region of AWS, such as us-east-1.")]
    public string Region { get; set; } = "us-east-1";

    /// <summary>Bytes that local copies of data files may take, in <c>lake-copies</c> in the data folder: from 1 MiB, by default 10 GiB.</summary>
    [Range(1_048_576, 1_125_899_906_842_624)]
    public long CopiesLimit { get; set; } = 10L << 30;
}

[OptionsValidator]
public sealed partial class LakeOptionsValidator : IValidateOptions<LakeOptions>;

[OptionsValidator]
public sealed partial class S3OptionsValidator : IValidateOptions<S3Options>;

using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Recoup.Silo.Settings;

/// <summary>Section <c>Lake</c>: where the tables are.</summary>
public sealed class LakeOptions
{
    public const string Section = "Lake";

    /// <summary>Folder or <c>s3://bucket/prefix</c> of the tables; empty: <c>warehouse</c> in the data folder.</summary>
    public string Warehouse { get; set; } = "";

    /// <summary>URL of an Iceberg REST catalog; empty: a SQLite catalog in the data folder, served at <c>/iceberg/v1</c>.</summary>
    [RegularExpression("^$|^https?://.+$", ErrorMessage = "Lake__Catalog must be the URL of an Iceberg REST catalog, such as http://polaris:8181/api/catalog.")]
    public string Catalog { get; set; } = "";

    /// <summary>OAuth2 client credentials for the REST catalog, as <c>client:secret</c>.</summary>
    [RegularExpression("^$|^[^:]+:.+$", ErrorMessage = "Lake__CatalogCredential must be client:secret.")]
    public string CatalogCredential { get; set; } = "";

    /// <summary>The warehouse's name in the REST catalog.</summary>
    public string CatalogWarehouse { get; set; } = "";

    public bool IsOnS3 => Warehouse.StartsWith("s3://", StringComparison.Ordinal);

    public bool HasRestCatalog => Catalog.Length > 0;
}

[OptionsValidator]
internal sealed partial class LakeOptionsValidator : IValidateOptions<LakeOptions>;

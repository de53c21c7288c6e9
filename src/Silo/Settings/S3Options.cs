using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Recoup.Silo.Settings;

/// <summary>Section <c>S3</c>: where <c>s3://</c> is. Keys come from the usual chain of AWS.</summary>
public sealed class S3Options
{
    public const string Section = "S3";

    /// <summary>Address of a store that speaks S3's protocol, such as MinIO; empty: AWS.</summary>
    [RegularExpression("^$|^https?://.+$", ErrorMessage = "S3__Endpoint must be a URL, such as http://minio:9000.")]
    public string Endpoint { get; set; } = "";
}

[OptionsValidator]
internal sealed partial class S3OptionsValidator : IValidateOptions<S3Options>;

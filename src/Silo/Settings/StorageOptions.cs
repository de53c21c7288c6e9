using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using Recoup.Storage.Sqlite;

namespace Recoup.Silo.Settings;

/// <summary>Section <c>Storage</c>.</summary>
public sealed class StorageOptions
{
    public const string Section = "Storage";

    /// <summary>Default <c>Sqlite</c>; <c>Postgres</c> comes with a later stage and is refused until then.</summary>
    [Required]
    public string Provider { get; set; } = "Sqlite";

    /// <summary>What an acknowledged write survives. Default: also a power cut.</summary>
    [EnumDataType(typeof(WriteDurability))]
    public WriteDurability Durability { get; set; } = WriteDurability.PowerLoss;
}

[OptionsValidator]
internal sealed partial class StorageOptionsValidator : IValidateOptions<StorageOptions>;

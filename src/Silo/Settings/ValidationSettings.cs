using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Recoup.Silo.Settings;

/// <summary>Section <c>Validation</c>: who runs <c>flink/*.sql</c>.</summary>
public sealed class ValidationSettings
{
    public const string Section = "Validation";

    [EnumDataType(typeof(ValidationEngine), ErrorMessage = "Validation__Engine must be Embedded or Flink.")]
    public ValidationEngine Engine { get; set; } = ValidationEngine.Embedded;
}

public enum ValidationEngine
{
    /// <summary>This process, on DuckDB.</summary>
    Embedded,

    /// <summary>A Flink cluster: this process makes the tables and validates nothing.</summary>
    Flink,
}

[OptionsValidator]
internal sealed partial class ValidationSettingsValidator : IValidateOptions<ValidationSettings>;

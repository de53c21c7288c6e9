using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using Recoup.Lakehouse.FlinkSql.Running;

namespace Recoup.Lakehouse.FlinkSql.Hosting;

/// <summary>Which scripts this process runs, and on what.</summary>
public sealed class ValidationOptions
{
    /// <summary>The folder with the scripts and <c>tables.json</c>; <c>flink</c> by default.</summary>
    [Required]
    public string Folder { get; set; } = "flink";

    /// <summary>Settings of the Kafka client that take the place of the scripts' <c>properties.*</c>; <c>bootstrap.servers</c> at least.</summary>
    public Dictionary<string, string> Kafka { get; } = [];

    [Required]
    [ValidateObjectMembers]
    public ScriptRunnerOptions Batches { get; set; } = new();
}

[OptionsValidator]
public sealed partial class ValidationOptionsValidator : IValidateOptions<ValidationOptions>;

using System.Text.Json.Nodes;

namespace Recoup.Lakehouse.Dbt.Cli;

/// <summary>Reads <c>run_results.json</c> or <c>sources.json</c> of dbt.</summary>
internal static class RunResultsReader
{
    /// <returns>Nothing where dbt did not come to write the file.</returns>
    public static IReadOnlyList<DbtNodeResult> Read(string file) => File.Exists(file)
        ? [.. JsonNode.Parse(File.ReadAllText(file))!["results"]!.AsArray().Select(result => Result(result!))]
        : [];

    private static DbtNodeResult Result(JsonNode result) => new(
        result["unique_id"]!.GetValue<string>(),
        result["status"]!.GetValue<string>(),
        (result["message"] ?? result["error"])?.ToString(),
        result["failures"]?.GetValue<long>(),
        result["adapter_response"]?["rows_affected"] is JsonValue rows && rows.TryGetValue<long>(out var affected) && affected >= 0 ? affected : null,
        TimeSpan.FromSeconds(result["execution_time"]?.GetValue<double>() ?? 0));
}

using System.Text.Json.Nodes;
using Recoup.Lakehouse.Dbt;

namespace Recoup.Lakehouse.Tests.Dbt;

/// <summary>What differs between a step of ours and the same step of real dbt.</summary>
internal sealed class StepComparison(GoldenProject golden, ProjectFolder project, string engine, string step, int exitCode)
{
    public async Task<IReadOnlyList<string>> CompareAsync(DbtRunResult result) =>
        [.. Exit(result), .. Results(result), .. Compiled(), .. await TablesAsync()];

    private IEnumerable<string> Exit(DbtRunResult result) => result.ExitCode == exitCode || result.Nodes.Any(IsRefusedByDialect) ? [] : [$"{step}: exit code {result.ExitCode}, expected {exitCode}: {result.Error}"];

    private IEnumerable<string> Results(DbtRunResult result)
    {
        var expected = golden.Read("expected", engine, step, "run_results.json")?["results"]?.AsArray();
        if (expected is null || result.ExitCode == 2)
        {
            yield break;
        }

        var ours = result.Nodes.ToDictionary(node => node.UniqueId);
        foreach (var node in expected)
        {
            var id = node!["unique_id"]!.GetValue<string>();
            var (status, failures) = (node["status"]!.GetValue<string>(), node["failures"]?.GetValue<long>());
            if (!ours.Remove(id, out var own))
            {
                yield return $"{step}: {id} did not run";
            }
            else if ((own.Status, own.Failures) != (status, failures) && !IsRacy(id, expected) && !IsRefusedByDialect(own))
            {
                yield return $"{step}: {id} {own.Status} {own.Failures} {own.Message}, expected {status} {failures} {node["message"]}";
            }
        }

        foreach (var more in ours.Keys)
        {
            yield return $"{step}: {more} ran and should not";
        }
    }

    /// <summary>On the lake, SQL that DuckDB would read otherwise than Trino is refused with its rule, and what reads it is skipped.</summary>
    private bool IsRefusedByDialect(DbtNodeResult own) => engine == "trino" && own.Status is "error" or "skipped";

    /// <summary>
    /// When a unit test of a model fails in a build, dbt skips those of its other unit tests that had no turn yet; which those are depends on the order
    /// of a Python set, so for them only that one failed can be compared.
    /// </summary>
    private static bool IsRacy(string id, JsonArray expected)
    {
        var model = id.StartsWith("unit_test.", StringComparison.Ordinal) ? string.Join('.', id.Split('.').Take(3)) : null;
        return model is not null && expected.Any(node =>
            node!["unique_id"]!.GetValue<string>().StartsWith($"{model}.", StringComparison.Ordinal) && node["status"]!.GetValue<string>() == "skipped");
    }

    private IEnumerable<string> Compiled()
    {
        foreach (var (path, text) in golden.Compiled(engine, step).Where(file => file.Path.EndsWith(".sql", StringComparison.Ordinal)))
        {
            var own = project.ReadTarget(Path.Combine("compiled", "gold", path));
            if (own != text && !IsFixture(path))
            {
                yield return $"{step}: compiled {path}\n--- expected\n{Visible(text)}\n--- got\n{(own is null ? "nothing" : Visible(own))}";
            }
        }
    }

    /// <summary>dbt also writes a file for each input of a unit test, one over the other.</summary>
    private static bool IsFixture(string path) => path.Contains(".yml/", StringComparison.Ordinal) && !path.Contains(".yml/models/", StringComparison.Ordinal)
        && !path.Contains('_', StringComparison.Ordinal);

    private static string Visible(string text) => text.Replace(' ', '·');

    private async Task<IEnumerable<string>> TablesAsync()
    {
        if (engine != "duckdb" || golden.Read("expected", engine, "tables.json")?[step] is not JsonObject tables)
        {
            return [];
        }

        await using var database = project.Database();
        return await new TableComparison(database, step).CompareAsync(tables);
    }
}

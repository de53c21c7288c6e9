using System.Text.Json.Nodes;
using Recoup.Lakehouse.Dbt;

namespace Recoup.Lakehouse.Tests.Dbt;

/// <summary>Whole projects against what real dbt made of them on DuckDB: exit codes, statuses, compiled SQL, rows, selections.</summary>
[TestClass]
[TestCategory("Golden")]
public sealed class GoldenProjectTests
{
    public static IEnumerable<object[]> Projects() => GoldenProject.All().Select(project => new object[] { project });

    [TestMethod]
    [DynamicData(nameof(Projects))]
    public async Task RunAsync_EachStep_AsRealDbt(string name)
    {
        var golden = GoldenProject.Open(name);
        using var project = new ProjectFolder();
        project.CopyFrom(golden.ProjectFolder);
        var differences = new List<string>();
        foreach (var step in golden.Steps("duckdb"))
        {
            differences.AddRange(await RunStepAsync(golden, project, step));
        }

        Assert.IsEmpty(differences, string.Join("\n", differences.Take(40)));
    }

    [TestMethod]
    [DynamicData(nameof(Projects))]
    public async Task RunAsync_EachSelection_ListsAsRealDbt(string name)
    {
        var golden = GoldenProject.Open(name);
        using var project = new ProjectFolder();
        project.CopyFrom(golden.ProjectFolder);
        var differences = new List<string>();
        foreach (var selection in golden.Selections())
        {
            var listed = await project.RunAsync(["ls", .. Texts(selection["args"]!)]);
            if (IsRefusal(listed))
            {
                continue;
            }

            var expected = selection["names"] is JsonArray names ? string.Join(',', Texts(names).Order(StringComparer.Ordinal)) : "";
            var isOk = selection["ok"]!.GetValue<bool>();
            if (isOk != (listed.ExitCode == 0) || (isOk && expected != string.Join(',', listed.Names)))
            {
                differences.Add($"{selection["selector"]}: expected {isOk} {expected}\n  got {listed.ExitCode} {string.Join(',', listed.Names)} {listed.Error}");
            }
        }

        Assert.IsEmpty(differences, string.Join("\n", differences));
    }

    internal static async Task<IEnumerable<string>> RunStepAsync(GoldenProject golden, ProjectFolder project, JsonNode step, string engine = "duckdb")
    {
        foreach (var (file, text) in step["before"]!["files"]!.AsObject())
        {
            project.Write(file, text!.GetValue<string>());
        }

        foreach (var command in step["before"]!["commands"]!.AsArray())
        {
            await project.RunAsync([.. command!.GetValue<string>().Split(' '), "--target", engine]);
        }

        var variables = step["env"]!.AsObject().ToDictionary(entry => entry.Key, entry => entry.Value!.GetValue<string>());
        variables.Keys.ToList().ForEach(key => project.Set(key, variables[key]));
        var result = await project.RunAsync([.. Texts(step["args"]!), "--target", engine]);
        variables.Keys.ToList().ForEach(key => project.Set(key, null));
        return IsRefusal(result)
            ? []
            : await new StepComparison(golden, project, engine, step["step"]!.GetValue<string>(), step["exit_code"]!.GetValue<int>()).CompareAsync(result);
    }

    /// <summary>Never another answer: what is not supported is refused by name.</summary>
    internal static bool IsRefusal(DbtRunResult result) =>
        result is { ExitCode: 2, Error: { } error }
        && (error.Contains("is not supported by the embedded dbt", StringComparison.Ordinal) || error.Contains("docs/DIALECT.md", StringComparison.Ordinal));

    private static IEnumerable<string> Texts(JsonNode array) => array.AsArray().Select(item => item!.GetValue<string>());
}

using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Recoup.Lakehouse.Dbt;
using Recoup.Lakehouse.Tests.Iceberg.Golden;

namespace Recoup.Lakehouse.Tests.Dbt;

/// <summary>Broken variants of one project: the exit code, the results and the file that messages name, as real dbt has them.</summary>
[TestClass]
[TestCategory("Golden")]
public sealed partial class GoldenErrorTests
{
    public static IEnumerable<object[]> Cases() => Shared.Lines("golden", "dbt", "errors.jsonl")
        .Select(line => new object[] { line.Length == 0 ? "" : JsonNode.Parse(line)!["id"]!.GetValue<string>() });

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public async Task RunAsync_BrokenProject_FailsAsRealDbt(string id)
    {
        if (id.Length == 0)
        {
            Assert.Inconclusive("golden/dbt is missing: set RECOUP_SHARED.");
        }

        var broken = Shared.Lines("golden", "dbt", "errors.jsonl").Select(line => JsonNode.Parse(line)!).Single(node => node["id"]!.GetValue<string>() == id);
        using var project = Project(broken);
        var result = await project.RunAsync([.. broken["args"]!.AsArray().Select(word => word!.GetValue<string>())]);
        if (!GoldenProjectTests.IsRefusal(result))
        {
            Compare(broken, result);
        }
    }

    private static ProjectFolder Project(JsonNode broken)
    {
        var project = new ProjectFolder();
        var standard = JsonNode.Parse(File.ReadAllText(Shared.PathOf("golden", "dbt", "errors_base.json")))!.AsObject();
        foreach (var (file, text) in standard.Concat(broken["files"]!.AsObject()))
        {
            project.Write(file, text!.GetValue<string>());
        }

        broken["removed"]!.AsArray().ToList().ForEach(file => project.Delete(file!.GetValue<string>()));
        return project;
    }

    private static void Compare(JsonNode broken, DbtRunResult result)
    {
        Assert.AreEqual(broken["exit_code"]!.GetValue<int>(), result.ExitCode, $"{result.Error}\n{string.Join('\n', result.Nodes)}");
        if (result.ExitCode == 2)
        {
            Assert.IsNotNull(result.Error);
            var missing = Files(broken["stdout"]!.AsArray()).Where(file => !result.Error.Contains(file, StringComparison.Ordinal)).ToList();
            Assert.IsEmpty(missing, $"{string.Join(", ", missing)} not named: {result.Error}");
            return;
        }

        // A file that cannot be read as a seed has no result in dbt's file when parsing already refused it.
        var ours = string.Join('\n', result.Nodes.Where(node => !node.UniqueId.StartsWith("source.", StringComparison.Ordinal))
            .Select(node => $"{node.UniqueId} {node.Status} {node.Failures}").Order(StringComparer.Ordinal));
        var theirs = string.Join('\n', broken["results"]!.AsObject()
            .Select(entry => $"{entry.Key} {entry.Value![0]} {entry.Value[2]?.ToString()}").Order(StringComparer.Ordinal));
        Assert.AreEqual(theirs, ours, string.Join('\n', result.Nodes));
        CompareHeadlines(broken, result);
    }

    /// <summary>The first line of an error says dbt's class of it, the node and the file.</summary>
    private static void CompareHeadlines(JsonNode broken, DbtRunResult result)
    {
        foreach (var node in result.Nodes.Where(node => node.Status == "error"))
        {
            var headline = broken["results"]![node.UniqueId]![1]![0]!.GetValue<string>();
            Assert.AreEqual(headline, node.Message!.Split('\n')[0], node.Message);
        }
    }

    /// <summary>What comes before the error are warnings.</summary>
    private static IEnumerable<string> Files(JsonArray stdout) => stdout.Select(line => line!.GetValue<string>())
        .SkipWhile(line => !line.StartsWith("Encountered an error", StringComparison.Ordinal))
        .Where(line => !line.Contains("site-packages", StringComparison.Ordinal))
        .SelectMany(line => Path().Matches(line).Select(match => match.Value)).Distinct();

    [GeneratedRegex(@"\b(models|macros|seeds|tests|snapshots|analyses)/[\w/]+\.(sql|yml|csv|md|py)\b")]
    private static partial Regex Path();
}

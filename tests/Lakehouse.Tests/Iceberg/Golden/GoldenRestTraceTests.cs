using System.Text.Json;
using System.Text.Json.Nodes;
using Recoup.Lakehouse.Iceberg.Metadata;
using Recoup.Lakehouse.Iceberg.Rest;

namespace Recoup.Lakehouse.Tests.Iceberg.Golden;

/// <summary>The commits that pyiceberg, Trino and the kit sent to Iceberg Java: applied to the metadata before, they give the metadata that Java answered.</summary>
[TestClass]
[TestCategory("Golden")]
public sealed class GoldenRestTraceTests
{
    private static readonly string[] ServersOwn = ["last-updated-ms", "metadata-log", "snapshot-log"];

    [TestMethod]
    [DataRow("pyiceberg-java.jsonl")]
    [DataRow("trino-java.jsonl")]
    [DataRow("kit-java.jsonl")]
    public void Apply_EveryRecordedCommit_GivesJavasMetadata(string file)
    {
        var known = new Dictionary<string, (JsonNode Metadata, string Location)>(StringComparer.Ordinal);
        var compared = 0;
        foreach (var line in File.ReadLines(Shared.Folder("golden", "iceberg", "rest", file)).Select(line => JsonNode.Parse(line)!))
        {
            var (request, response) = (line["request"]!, line["response"]!);
            var path = ((string)request["path"]!).Split('?')[0];
            if ((int)response["status"]! is not 200 || response["body"]?["metadata"] is not { } metadata || path.Contains("/views", StringComparison.Ordinal) || metadata["format-version"] is null)
            {
                continue;
            }

            var isCommit = (string)request["method"]! is "POST" && path.Contains("/tables/", StringComparison.Ordinal);
            var key = path.EndsWith("/tables", StringComparison.Ordinal) ? $"{path}/{request["body"]!["name"]}" : path;
            if (isCommit && known.TryGetValue(key, out var before))
            {
                compared += Compare(before.Metadata, before.Location, request["body"]!, metadata);
            }

            known[key] = (metadata, (string?)response["body"]!["metadata-location"] ?? "");
        }

        Assert.IsGreaterThan(5, compared, "too few commits were found in the trace");
    }

    private static int Compare(JsonNode before, string location, JsonNode body, JsonNode after)
    {
        var commit = body.Deserialize<CommitBody>(MetadataJson.Options)!;
        var start = MetadataJson.Read(before.DeepClone().AsObject());
        if (start.FormatVersion is 1 || location.Length is 0 || commit.Requirements.OfType<AssertCreate>().Any())
        {
            return 0; // Not written, or created by its first commit.
        }

        var updated = MetadataBuilder.Apply(start, location, commit.Updates, DateTimeOffset.UnixEpoch);

        Assert.AreEqual(Comparable(MetadataJson.Read(after.DeepClone().AsObject())), Comparable(updated), body.ToJsonString());
        return 1;
    }

    private static string Comparable(TableMetadata metadata)
    {
        var json = JsonNode.Parse(MetadataJson.Write(metadata))!.AsObject();
        foreach (var name in ServersOwn)
        {
            json.Remove(name);
        }

        return Sorted(json);
    }

    private static string Sorted(JsonNode? node) => node switch
    {
        null => "null",
        JsonObject entries => $"{{{string.Join(',', entries.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}:{Sorted(pair.Value)}"))}}}",
        JsonArray items => $"[{string.Join(',', items.Select(Sorted))}]",
        _ => node.ToJsonString(),
    };
}

using System.Text.Json.Nodes;

namespace Recoup.Embedded.Kafka.Tests.Conformance;

/// <summary>
/// Orders what a scenario leaves to chance. One that sends JoinGroup on a connection and, without waiting, calls the group on another one expects the join to
/// come first; but no broker promises an order between connections, and on a busy machine the call overtakes the join about once in ten runs. A step put
/// between the two waits until the group says that the join is there. Nothing that the scenario checks is changed: one check is added.
/// </summary>
internal static class ScenarioOrder
{
    private const string Joined = "PreparingRebalance";

    /// <summary>Steps that put something among the expected results.</summary>
    private static readonly string[] Answering = ["call", "recv", "arrived", "raw", "silence", "until", "restart"];

    /// <summary>One scenario, a line of JSON, with the steps that it lacks.</summary>
    public static string Ordered(string scenario)
    {
        var parsed = JsonNode.Parse(scenario)!.AsObject();
        if (parsed["steps"] is not JsonArray steps || parsed["expect"] is not JsonArray expected)
        {
            return scenario;
        }

        var answers = 0;
        for (var index = 0; index < steps.Count; index++)
        {
            answers += Answering.Contains(Text(steps[index], "op")) ? 1 : 0;
            if (index + 1 < steps.Count && Races(steps[index]!, steps[index + 1]!))
            {
                steps.Insert(index + 1, Wait(steps[index]!));
                expected.Insert(answers, JsonNode.Parse($$"""{"groups":[{"group_state":"{{Joined}}"}]}"""));
            }
        }

        return parsed.ToJsonString();
    }

    private static bool Races(JsonNode sent, JsonNode next) =>
        Text(sent, "op") == "send" && Text(sent, "api") == "JoinGroup" && Text(next, "op") == "call"
        && Text(sent, "c") != Text(next, "c") && GroupOf(next) == GroupOf(sent);

    private static JsonNode Wait(JsonNode sent) => JsonNode.Parse($$"""
        {"op":"until","c":"_order","api":"DescribeGroups","v":0,"body":{"groups":["{{GroupOf(sent)}}"]},
         "path":"groups.0.group_state","equals":"{{Joined}}","pick":["groups.*.group_state"],"within":15000}
        """)!;

    private static string? GroupOf(JsonNode step) => Text(step["body"], "group_id");

    private static string? Text(JsonNode? node, string name) => node?[name]?.GetValue<string>();
}

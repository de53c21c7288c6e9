using System.Text.Json.Nodes;

namespace Recoup.Embedded.Kafka.Tests.Conformance;

[TestClass]
public sealed class ScenarioOrderTests
{
    private const string Race = """
        {"name":"race","steps":[
          {"op":"coordinator","group":"g"},
          {"op":"call","api":"Heartbeat","c":"m1","body":{"group_id":"g"}},
          {"op":"send","api":"JoinGroup","c":"m2","as":"j2","body":{"group_id":"g"}},
          {"op":"call","api":"SyncGroup","c":"CONNECTION","body":{"group_id":"GROUP"}}],
         "expect":["first","second"]}
        """;

    [TestMethod]
    public void Ordered_CallOnAnotherConnectionBehindAJoin_WaitsForTheJoin()
    {
        var ordered = JsonNode.Parse(ScenarioOrder.Ordered(Race.Replace("CONNECTION", "m1", StringComparison.Ordinal).Replace("GROUP", "g", StringComparison.Ordinal)))!;

        Assert.AreEqual("until", (string?)ordered["steps"]![3]!["op"]);
        Assert.AreEqual("g", (string?)ordered["steps"]![3]!["body"]!["groups"]![0]);
        Assert.AreEqual("""["first",{"groups":[{"group_state":"PreparingRebalance"}]},"second"]""", ordered["expect"]!.ToJsonString());
    }

    [TestMethod]
    [DataRow("m2", "g")]
    [DataRow("m1", "another")]
    public void Ordered_OneConnectionOrAnotherGroup_StaysAsItIs(string connection, string group)
    {
        var ordered = JsonNode.Parse(ScenarioOrder.Ordered(Race.Replace("CONNECTION", connection, StringComparison.Ordinal).Replace("GROUP", group, StringComparison.Ordinal)))!;

        Assert.HasCount(4, ordered["steps"]!.AsArray());
        Assert.HasCount(2, ordered["expect"]!.AsArray());
    }
}

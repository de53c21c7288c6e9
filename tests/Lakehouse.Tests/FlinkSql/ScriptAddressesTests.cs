using Recoup.Lakehouse.FlinkSql.Planning;
using Recoup.Lakehouse.FlinkSql.Syntax;

namespace Recoup.Lakehouse.Tests.FlinkSql;

[TestClass]
public sealed class ScriptAddressesTests
{
    [TestMethod]
    public void Substitute_AddressesOfAScript_ChangesOptionsAloneAndTellsThem()
    {
        var script = File.ReadAllText(Path.Combine(ScriptRun.Folder, "charges.sql"));
        var values = new Dictionary<string, string>
        {
            ["properties.bootstrap.servers"] = "127.0.0.1:9092",
            ["uri"] = "http://127.0.0.1:8080/iceberg",
            ["execution.checkpointing.interval"] = "1 s",
        };

        var (changed, changes) = ScriptAddresses.Substitute("charges.sql", script, values);

        CollectionAssert.AreEqual(
            new[] { "10 s", "http://catalog:8181", "kafka:9092" }, changes.Select(change => change.From).ToArray());
        Assert.AreEqual(
            script.Replace("'10 s';\nSET 'execution.checkpointing.mode'", "'1 s';\nSET 'execution.checkpointing.mode'").Replace("http://catalog:8181", "http://127.0.0.1:8080/iceberg").Replace("kafka:9092", "127.0.0.1:9092"),
            changed);
        Assert.AreEqual("127.0.0.1:9092", ScriptPlan.Compile("charges.sql", changed).Source.Options["properties.bootstrap.servers"]);
    }

    [TestMethod]
    public void Substitute_TextsOfQueries_AreLeftAlone()
    {
        const string Script = "CREATE TEMPORARY VIEW v AS SELECT 'uri' = 'a' AS x FROM t;\nSET 'pipeline.name' = 'uri';\n";

        var (changed, changes) = ScriptAddresses.Substitute("t.sql", Script, new Dictionary<string, string> { ["uri"] = "b", ["pipeline.name"] = "c" });

        Assert.AreEqual(Script, changed);
        Assert.IsEmpty(changes);
    }
}

using Recoup.Embedded.Temporal.Hosting;
using Temporalio.Client;

namespace Recoup.Embedded.Temporal.Tests.Hosting;

[TestClass]
public sealed class HostingTests
{
    [TestMethod]
    [DataRow("Address", "nowhere", "Address (--ip) 'nowhere' is no IP address")]
    [DataRow("Port", "70000", "Port (--port) must be between 0 and 65535")]
    [DataRow("SearchAttribute", "Nothing", "SearchAttributes (--search-attribute) 'Name=Nothing'")]
    [DataRow("Retention", "00:01:00", "Retention 00:01:00 is shorter than an hour")]
    [DataRow("DatabaseFile", "/proc/none/t.db", "DatabaseFile (--db-filename) '/proc/none/t.db' cannot be used")]
    public async Task Start_WithASettingThatCannotBeUsed_NamesIt(string setting, string value, string problem)
    {
        var options = new EmbeddedTemporalOptions { Port = 0 };
        switch (setting)
        {
            case "Address":
                options.Address = value;
                break;
            case "Port":
                options.Port = int.Parse(value, System.Globalization.CultureInfo.InvariantCulture);
                break;
            case "SearchAttribute":
                options.SearchAttributes["Name"] = value;
                break;
            case "Retention":
                options.Retention = TimeSpan.Parse(value, System.Globalization.CultureInfo.InvariantCulture);
                break;
            default:
                options.DatabaseFile = value;
                break;
        }

        var refused = await Assert.ThrowsExactlyAsync<EmbeddedTemporalException>(() => EmbeddedTemporalServer.StartAsync(options));
        StringAssert.StartsWith(refused.Message, problem);
    }

    [TestMethod]
    public async Task Start_OnAPortThatIsTaken_NamesThePort()
    {
        await using var first = await EmbeddedTemporalServer.StartAsync(new EmbeddedTemporalOptions { Port = 0 });

        var refused = await Assert.ThrowsExactlyAsync<EmbeddedTemporalException>(() => EmbeddedTemporalServer.StartAsync(new EmbeddedTemporalOptions { Port = first.Port }));
        StringAssert.Contains(refused.Message, $"Port (--port) {first.Port}");
    }

    [TestMethod]
    public async Task Start_AgainOnTheSameFile_KnowsNamespacesAndAttributes()
    {
        using var folder = new TemporaryFolder();
        var options = new EmbeddedTemporalOptions { Port = 0, DatabaseFile = folder.File("t.db"), Namespaces = { "other" }, SearchAttributes = { ["Amount"] = "Int" } };
        await using (await EmbeddedTemporalServer.StartAsync(options))
        {
        }

        await using var again = await EmbeddedTemporalServer.StartAsync(new EmbeddedTemporalOptions { Port = 0, DatabaseFile = folder.File("t.db") });
        var client = await TemporalClient.ConnectAsync(new(again.Address));
        var attributes = await client.OperatorService.ListSearchAttributesAsync(new() { Namespace = "default" });
        var namespaces = await client.WorkflowService.ListNamespacesAsync(new());
        Assert.AreEqual(IndexedValueType.Int, attributes.CustomAttributes["Amount"]);
        CollectionAssert.AreEqual(new[] { "default", "other" }, namespaces.Namespaces.Select(each => each.NamespaceInfo.Name).ToArray());
    }

    [TestMethod]
    public async Task HealthCheck_OfTheService_IsServing()
    {
        await using var server = await EmbeddedTemporalServer.StartAsync(new EmbeddedTemporalOptions { Port = 0 });
        var client = await TemporalClient.ConnectAsync(new(server.Address));

        Assert.IsTrue(await client.Connection.CheckHealthAsync());
    }
}

using System.Globalization;
using Recoup.Embedded.Kafka.Hosting;

namespace Recoup.Embedded.Kafka.Tests.Hosting;

[TestClass]
public sealed class HostingTests
{
    [TestMethod]
    [DataRow("Host", "nowhere", "Host (--host) 'nowhere' is no IP address")]
    [DataRow("Port", "70000", "Port (--port) must be between 0 and 65535")]
    [DataRow("DataFolder", "", "DataFolder (--data) is missing")]
    [DataRow("DataFolder", "/proc/none", "DataFolder (--data) '/proc/none' cannot be used")]
    [DataRow("Topic", "no good", "Topics (--topic) 'no good': Topic name is invalid")]
    [DataRow("SegmentBytes", "10", "SegmentBytes (--segment-bytes) must be between 1048576")]
    [DataRow("Retention", "0", "RetentionTime (--retention) 00:00:00 is shorter than a second")]
    public void Start_WithASettingThatCannotBeUsed_NamesIt(string setting, string value, string problem)
    {
        using var folder = new TemporaryFolder();
        var options = new EmbeddedKafkaOptions { DataFolder = folder.File("data"), Port = 0 };
        switch (setting)
        {
            case "Host":
                options.Host = value;
                break;
            case "Port":
                options.Port = int.Parse(value, CultureInfo.InvariantCulture);
                break;
            case "DataFolder":
                options.DataFolder = value;
                break;
            case "Topic":
                options.Topics[value] = 1;
                break;
            case "SegmentBytes":
                options.SegmentBytes = int.Parse(value, CultureInfo.InvariantCulture);
                break;
            default:
                options.RetentionTime = TimeSpan.Zero;
                break;
        }

        var refused = Assert.ThrowsExactly<EmbeddedKafkaException>(() => EmbeddedKafkaServer.Start(options));
        StringAssert.StartsWith(refused.Message, problem);
    }

    [TestMethod]
    public async Task Start_OnAPortOrFolderThatIsTaken_NamesIt()
    {
        using var folder = new TemporaryFolder();
        await using var first = EmbeddedKafkaServer.Start(new EmbeddedKafkaOptions { DataFolder = folder.File("one"), Port = 0 });

        var port = Assert.ThrowsExactly<EmbeddedKafkaException>(() => EmbeddedKafkaServer.Start(new EmbeddedKafkaOptions { DataFolder = folder.File("two"), Port = first.Port }));
        StringAssert.Contains(port.Message, $"Port (--port) {first.Port}");
        var held = Assert.ThrowsExactly<EmbeddedKafkaException>(() => EmbeddedKafkaServer.Start(new EmbeddedKafkaOptions { DataFolder = folder.File("one"), Port = 0 }));
        StringAssert.Contains(held.Message, "DataFolder (--data)");
    }

    [TestMethod]
    public async Task Dispose_WhileAClientWaitsForRecords_AnswersAndEnds()
    {
        using var folder = new TemporaryFolder();
        var server = EmbeddedKafkaServer.Start(new EmbeddedKafkaOptions { DataFolder = folder.File("data"), Port = 0, Topics = { ["t"] = 1 } });
        using var client = new WireClient(server.Port);
        await client.SendAsync(WireClient.Fetch("t", waitMax: 60_000));

        await Task.WhenAll(server.DisposeAsync().AsTask(), client.ReceiveAsync()).WaitAsync(TimeSpan.FromSeconds(20));
    }

    [TestMethod]
    public async Task Client_ThatGoesWhileItWaitsForRecords_MakesRoomForOthers()
    {
        using var folder = new TemporaryFolder();
        await using var server = EmbeddedKafkaServer.Start(new EmbeddedKafkaOptions { DataFolder = folder.File("data"), Port = 0, MaxConnections = 1, Topics = { ["t"] = 1 } });
        using (var first = new WireClient(server.Port))
        {
            await first.SendAsync(WireClient.Fetch("t", waitMax: int.MaxValue));
        }

        // Until its place is free a client is turned away at once; without the notice it would be for 24 days.
        var deadline = TimeProvider.System.GetTimestamp();
        while (true)
        {
            using var second = new WireClient(server.Port);
            await second.SendAsync(WireClient.ApiVersions());
            if (await second.ReceiveAsync() is { Length: > 0 })
            {
                break;
            }

            Assert.IsLessThan(TimeSpan.FromSeconds(20), TimeProvider.System.GetElapsedTime(deadline));
        }
    }

    [TestMethod]
    public async Task Connections_BeyondTheLimit_AreTurnedAway()
    {
        using var folder = new TemporaryFolder();
        await using var server = EmbeddedKafkaServer.Start(new EmbeddedKafkaOptions { DataFolder = folder.File("data"), Port = 0, MaxConnections = 2 });
        using var first = new WireClient(server.Port);
        using var second = new WireClient(server.Port);
        await first.SendAsync(WireClient.ApiVersions());
        await second.SendAsync(WireClient.ApiVersions());
        Assert.IsNotEmpty(await first.ReceiveAsync());
        Assert.IsNotEmpty(await second.ReceiveAsync());

        using var third = new WireClient(server.Port);

        Assert.IsEmpty(await third.ReceiveAsync());
    }
}

using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Configuration;
using Recoup.Silo.Hosting;
using Recoup.Silo.Settings;
using Recoup.Storage.Sqlite;

namespace Recoup.Silo.Tests.Hosting;

/// <summary>A start that cannot be right ends with one line that names the setting to change.</summary>
[TestClass]
public sealed class StartRefusalTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("recoup-start-");

    public void Dispose() => folder.Delete(recursive: true);

    [TestMethod]
    [DataRow("Storage:Provider", "Postgres", "Storage__Provider")]
    [DataRow("Storage:ConnectionString", "Host=db", "Storage__ConnectionString")]
    [DataRow("Pipeline:Cron", "hourly", "Pipeline__Cron")]
    [DataRow("Pipeline:Monitors:Freshness", "0", "Freshness")]
    [DataRow("Pipeline:Alerts:WebhookUrl", "http://alerts.example/hook", "Pipeline__Alerts__WebhookUrl")]
    [DataRow("Pipeline:Alerts:WebhookUrl", "https://alerts.example/hook", "Pipeline__Alerts__WebhookSecret")]
    [DataRow("Http:Port", "eighty", "Http:Port")]
    [DataRow("Http:Port", "0", "Port")]
    [DataRow("Http:Address", "my-host", "Http__Address")]
    [DataRow("Http:Address", "0.0.0.0", "Http__ApiKeys")]
    [DataRow("Http:ApiKeys", "short", "Http__ApiKeys")]
    [DataRow("Clock:Scale", "0", "Scale")]
    [DataRow("Clock:Scale", "fast", "Clock:Scale")]
    [DataRow("Temporal:Address", "no port", "Temporal__Address")]
    [DataRow("Kafka:BootstrapServers", "kafka", "Kafka__BootstrapServers")]
    [DataRow("Kafka:Port", "0", "Port")]
    [DataRow("Validation:Engine", "Spark", "Validation")]
    [DataRow("Lake:Catalog", "polaris", "Lake__Catalog")]
    [DataRow("Lake:CatalogCredential", "secret", "Lake__CatalogCredential")]
    [DataRow("Gateway:Provider", "Stripe", "Gateway__Provider")]
    public void Build_WrongOrLaterSetting_IsRefusedByName(string key, string value, string named)
    {
        var error = Assert.ThrowsExactly<StartRefusedException>(() => Build((key, value)));
        StringAssert.Contains(error.Message, named);
        Assert.DoesNotContain("\n", error.Message);
    }

    [TestMethod]
    [DataRow("Storage:Provider", "sqlite")]
    public async Task Build_LaterSettingAtItsDefault_IsTaken(string key, string value)
    {
        await using var host = Build((key, value));
        Assert.IsNotNull(host.Services);
    }

    [TestMethod]
    [DataRow("Http:Port", "Http__Port")]
    [DataRow("Orleans:SiloPort", "Orleans__SiloPort")]
    [DataRow("Orleans:GatewayPort", "Orleans__GatewayPort")]
    [DataRow("Temporal:Port", "Temporal__Port")]
    [DataRow("Kafka:Port", "Kafka__Port")]
    public void Build_PortTaken_NamesTheSetting(string key, string named)
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);
        var error = Assert.ThrowsExactly<StartRefusedException>(() => Build((key, port)));
        StringAssert.Contains(error.Message, named);
        StringAssert.Contains(error.Message, port);
    }

    [TestMethod]
    public async Task Build_FolderHeld_NamesTheSetting()
    {
        await using var first = Build();
        var error = Assert.ThrowsExactly<SqliteStorageException>(() => Build());
        StringAssert.Contains(error.Message, "Recoup__DataDirectory");
    }

    [TestMethod]
    public async Task StartAsync_DamagedFile_IsExplainedInOneLine()
    {
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "grains.db"), "This is no database, and it is longer than the header of one would be; so it is refused.");
        await using var host = Build();
        var error = await Assert.ThrowsExactlyAsync<SqliteStorageException>(() => host.StartAsync(CancellationToken.None));
        var line = StartFailure.Explain(error);
        Assert.IsNotNull(line, error.ToString());
        StringAssert.Contains(line, "grains.db");
    }

    private RecoupHost Build(params (string Key, string Value)[] settings)
    {
        var all = RunningSilo.Ports(folder.FullName);
        foreach (var (key, value) in settings)
        {
            all[key] = value;
        }

        return RecoupHost.Build([], configuration => configuration.AddInMemoryCollection(all));
    }
}

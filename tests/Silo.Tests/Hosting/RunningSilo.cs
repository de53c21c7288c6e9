using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Recoup.Silo.Hosting;

namespace Recoup.Silo.Tests.Hosting;

/// <summary>A whole silo in this process, on free ports and a data folder of its own.</summary>
internal sealed class RunningSilo : IAsyncDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("recoup-silo-");

    private RunningSilo(params (string Key, string Value)[] settings)
    {
        Settings = Ports(folder.FullName);
        foreach (var (key, value) in settings)
        {
            Settings[key] = value;
        }

        Host = RecoupHost.Build([], configuration => configuration.AddInMemoryCollection(Settings));
        Client = new() { BaseAddress = Host.HttpAddress };
    }

    public Dictionary<string, string?> Settings { get; }

    public RecoupHost Host { get; }

    public HttpClient Client { get; }

    public static async Task<RunningSilo> StartAsync(params (string Key, string Value)[] settings)
    {
        var silo = new RunningSilo(settings);
        await silo.Host.StartAsync(CancellationToken.None);
        return silo;
    }

    /// <summary>Settings with ports that are free now.</summary>
    public static Dictionary<string, string?> Ports(string dataFolder) => new(StringComparer.OrdinalIgnoreCase)
    {
        ["Recoup:DataDirectory"] = dataFolder,
        ["Http:Port"] = Free(),
        ["Orleans:SiloPort"] = Free(),
        ["Orleans:GatewayPort"] = Free(),
        ["Temporal:Port"] = Free(),
        ["Kafka:Port"] = Free(),
        ["Gateway:Seed"] = "7",
    };

    public Task<HttpResponseMessage> PostAsync(string path, string body, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return Client.SendAsync(request);
    }

    public Task<HttpResponseMessage> SubmitAsync(string key, string body, params (string Name, string Value)[] headers) =>
        PostAsync("/payments", body, [("Idempotency-Key", key), .. headers]);

    public static async Task<JsonElement> ReadAsync(HttpResponseMessage answer) => await answer.Content.ReadFromJsonAsync<JsonElement>();

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Host.StopAsync(CancellationToken.None);
        await Host.DisposeAsync();
        folder.Delete(recursive: true);
    }

    private static string Free() => PortCheck.FindFree().ToString(System.Globalization.CultureInfo.InvariantCulture);
}

using System.Net;
using System.Text.Json;

namespace Recoup.Silo.Tests.Webhooks;

/// <summary>The providers' real payloads, signed as the providers sign them.</summary>
[TestClass]
[TestCategory("Golden")]
public sealed class GoldenInputTests
{
    [TestMethod]
    public async Task Post_EveryRealPayload_IsTaken()
    {
        var folder = Inputs();
        await using var server = await WebhookServer.StartConfiguredAsync();
        var refused = new List<string>();
        foreach (var file in Directory.GetFiles(folder, "*.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var body = await File.ReadAllTextAsync(file);
            using var answer = await (file.Contains("stripe", StringComparison.Ordinal) ? server.PostStripeAsync(body) : server.PostSquareAsync(body));
            if (answer.StatusCode != HttpStatusCode.OK)
            {
                refused.Add($"{Path.GetFileName(file)}: {answer.StatusCode} {JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("detail")}");
            }
        }

        Assert.IsEmpty(refused, string.Join(Environment.NewLine, refused));
        Assert.IsNotEmpty(server.Received);
    }

    private static string Inputs()
    {
        var shared = Environment.GetEnvironmentVariable("RECOUP_SHARED");
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); shared is null && folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Recoup.slnx")))
            {
                shared = Path.Combine(folder.Parent!.FullName, "shared");
            }
        }

        var inputs = Path.Combine(shared ?? "", "inputs");
        if (!Directory.Exists(inputs))
        {
            Assert.Inconclusive($"The real payloads are not there: {inputs} does not exist (RECOUP_SHARED names the folder).");
        }

        return inputs;
    }
}

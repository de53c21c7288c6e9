using System.Text.Json.Nodes;
using Recoup.Webhooks;

namespace Recoup.Grains.Tests.Webhooks;

/// <summary>The providers' real payloads, from the folder <c>shared</c> beside the repository.</summary>
internal static class RealPayloads
{
    private static readonly string[] IdFields =
        ["id", "charge", "payment_intent", "invoice", "latest_charge", "order_id", "payment_id", "dispute_id", "event_id"];

    public static string Folder()
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

    public static IEnumerable<(string Provider, JsonNode Body)> All() =>
        Directory.GetFiles(Folder(), "*.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Select(file => (new FileInfo(file).Directory!.Name, JsonNode.Parse(File.ReadAllText(file))!));

    public static JsonNode Body(string provider, string type) => JsonNode.Parse(File.ReadAllText(Path.Combine(Folder(), provider, $"{type}.json")))!;

    /// <summary>The same event of another payment: every id gets a suffix.</summary>
    public static WebhookEvent Tagged(string provider, JsonNode body, string tag)
    {
        var copy = body.DeepClone();
        Tag(copy, tag);
        return WebhookCluster.Event(provider, copy.ToJsonString());
    }

    private static void Tag(JsonNode? node, string tag)
    {
        if (node is JsonArray array)
        {
            foreach (var item in array)
            {
                Tag(item, tag);
            }
        }
        else if (node is JsonObject fields)
        {
            foreach (var (name, value) in fields.ToArray())
            {
                if (IdFields.Contains(name) && value is JsonValue && value.GetValueKind() == System.Text.Json.JsonValueKind.String)
                {
                    fields[name] = value.GetValue<string>() + tag;
                }
                else
                {
                    Tag(value, tag);
                }
            }
        }
    }
}

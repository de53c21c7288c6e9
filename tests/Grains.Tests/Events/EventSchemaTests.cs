using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using Recoup.Events;

namespace Recoup.Grains.Tests.Events;

/// <summary>
/// The shapes of published events are files in <c>schemas/</c>, and change only on purpose. An optional field may be added: approve the new file with
/// <c>RECOUP_APPROVE=1</c>. Anything else (a field removed, renamed, made required, of another type) breaks readers: it needs the next schema version
/// and a file of its own beside the old one (docs/EVENTS.md).
/// </summary>
[TestClass]
public sealed class EventSchemaTests
{
    private static readonly JsonSerializerOptions Indented = new(RecoupJson.Options) { WriteIndented = true };

    [TestMethod]
    [DataRow(Topics.Charges, typeof(ChargeEvent))]
    [DataRow(Topics.Refunds, typeof(RefundEvent))]
    [DataRow(Topics.Disputes, typeof(DisputeEvent))]
    [DataRow(Topics.Subscriptions, typeof(SubscriptionEvent))]
    public void Schema_OfEachTopic_IsTheApprovedOne(string topic, Type type)
    {
        var file = Path.Combine(RepositoryRoot(), "schemas", $"{topic}.v{OutgoingEvent.SchemaVersion}.json");
        var schema = JsonSchemaExporter.GetJsonSchemaAsNode(RecoupJson.Options, type, new() { TransformSchemaNode = WithTimes, TreatNullObliviousAsNonNullable = true });
        var text = schema.ToJsonString(Indented).ReplaceLineEndings("\n") + "\n";
        if (Environment.GetEnvironmentVariable("RECOUP_APPROVE") == "1")
        {
            File.WriteAllText(file, text);
        }

        Assert.IsTrue(File.Exists(file), $"{file} is missing: run this test with RECOUP_APPROVE=1 and commit the file.");
        Assert.AreEqual(File.ReadAllText(file), text, $"{type.Name} is no longer what {Path.GetFileName(file)} says; how it may change: docs/EVENTS.md.");
    }

    /// <summary>Times are written by a converter of our own, which the exporter cannot look into.</summary>
    private static JsonNode WithTimes(JsonSchemaExporterContext context, JsonNode schema)
    {
        var type = context.TypeInfo.Type;
        return type == typeof(DateTimeOffset) ? Time("string")
            : type == typeof(DateTimeOffset?) ? Time("string", "null")
            : schema;
    }

    private static JsonObject Time(params string[] types) => new()
    {
        ["type"] = types.Length == 1 ? types[0] : new JsonArray([.. types.Select(type => (JsonNode)type)]),
        ["format"] = "date-time",
    };

    private static string RepositoryRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Recoup.slnx")))
        {
            folder = folder.Parent;
        }

        return folder.FullName;
    }
}

using System.Text.Json.Nodes;
using CsCheck;
using Recoup.Payments;

namespace Recoup.Grains.Tests.Webhooks;

/// <summary>Fields that are missing, renamed or of another kind: an event is read as far as it goes, and reading it never fails.</summary>
[TestClass]
public sealed class StrangeShapeTests
{
    private static readonly JsonNode?[] Strange = [null, "", "text", 0, -1, 2.5, 1e300, true, new JsonArray(), new JsonArray("x", null, 7), new JsonObject(), new JsonObject { ["id"] = 5, ["data"] = "x" }];

    [TestMethod]
    public void Read_OwnPayloadsBentAtRandom_NeverFails()
    {
        var bodies = new StripeStory("s", IsNewApi: false, HasInvoice: true, Declines: 1, Succeeds: true, Refunds: 1, IsDisputed: true).Events()
            .Concat(new StripeStory("s", IsNewApi: true, HasInvoice: true, Declines: 1, Succeeds: true, Refunds: 1, IsDisputed: true).Events())
            .Select(received => (received.Provider, JsonNode.Parse(received.Body.Span)!)).ToArray();
        AssertReadable(bodies);
    }

    [TestMethod]
    [TestCategory("Golden")]
    public void Read_RealPayloadsBentAtRandom_NeverFails() => AssertReadable([.. RealPayloads.All()]);

    private static void AssertReadable((string Provider, JsonNode Body)[] bodies) =>
        Gen.Select(Gen.Int[0, bodies.Length - 1], Gen.Select(Gen.Int[0, 10_000], Gen.Int[-1, Strange.Length]).Array[1, 4]).Sample((index, bends) =>
        {
            var (provider, body) = (bodies[index].Provider, bodies[index].Body.DeepClone());
            foreach (var (place, value) in bends)
            {
                Bend(body["data"]!["object"], place, value);
            }

            var told = WebhookCluster.Read(WebhookCluster.Event(provider, body.ToJsonString()));
            foreach (var charge in told.Facts.OfType<ChargeReported>())
            {
                Assert.IsGreaterThan(0, charge.Payment.AmountMinor);
                Assert.IsTrue(Amounts.Currency.IsSupported(charge.Payment.Currency));
            }

            Assert.IsTrue(told.Facts.Count == 0 || told.Aliases.Count > 0 || told.OwnPaymentId is not null, "A fact without a payment could never be applied.");
        }, iter: 3000, threads: 2);

    /// <summary>Takes a field away, renames it (-1) or gives it another value.</summary>
    private static void Bend(JsonNode? root, int place, int value)
    {
        var fields = Fields(root).ToArray();
        if (fields.Length == 0)
        {
            return;
        }

        var (parent, name) = fields[place % fields.Length];
        var old = parent[name]?.DeepClone();
        parent.Remove(name);
        if (value == -1)
        {
            parent[name + "_v2"] = old;
        }
        else if (value < Strange.Length)
        {
            parent[name] = Strange[value]?.DeepClone();
        }
    }

    private static IEnumerable<(JsonObject Parent, string Name)> Fields(JsonNode? node) => node switch
    {
        JsonObject fields => fields.SelectMany(field => Fields(field.Value).Prepend((fields, field.Key))),
        JsonArray items => items.SelectMany(Fields),
        _ => [],
    };
}

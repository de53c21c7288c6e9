using System.Globalization;
using Recoup.Client.Demo;

namespace Recoup.Client.Tests.Demo;

[TestClass]
public sealed class GoldDelayTests
{
    private static readonly DateTimeOffset Start = new(2026, 9, 1, 12, 0, 0, TimeSpan.Zero);

    [TestMethod]
    public void Of_TwentyWaits_TakesTheSmallestThatTheShareDidNotExceed()
    {
        var seen = Enumerable.Range(1, 20).ToDictionary(Name, number => Start.AddSeconds(number));

        var delay = GoldDelay.Of(seen.Keys.Select(payment => KeyValuePair.Create(payment, Start)), seen);

        Assert.AreEqual(new GoldDelay(20, 0, 10, 19, 20), delay);
        Assert.AreEqual("From a payment's end to its row in gold: p50 10.0 s, p95 19.0 s (20 payments).", delay.ToString());
    }

    [TestMethod]
    public void Of_PaymentThatGoldDoesNotShow_IsCountedAndNotMeasured()
    {
        var ended = new Dictionary<string, DateTimeOffset> { [Name(1)] = Start, [Name(2)] = Start };

        var delay = GoldDelay.Of(ended, new Dictionary<string, DateTimeOffset> { [Name(2)] = Start.AddSeconds(3) });

        Assert.AreEqual(new GoldDelay(1, 1, 3, 3, 3), delay);
        Assert.EndsWith("(1 payments, 1 not seen).", delay.ToString());
    }

    [TestMethod]
    public void Of_NothingSeen_HasNoSeconds() =>
        Assert.AreEqual(new GoldDelay(0, 1, null, null, null), GoldDelay.Of([KeyValuePair.Create(Name(1), Start)], new Dictionary<string, DateTimeOffset>()));

    private static string Name(int number) => string.Create(CultureInfo.InvariantCulture, $"pay_{number}");
}

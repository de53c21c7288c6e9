using System.Text.Json.Nodes;
using CsCheck;
using Recoup.Grains.Tests.Payments;
using Recoup.Payments;

namespace Recoup.Grains.Tests.Events;

/// <summary>Readers of events take numbers with at most 18 digits behind the point; validation quarantines an event whose number has more.</summary>
[TestClass]
public sealed class ChargeNumberTests
{
    private const int DigitsMax = 18;

    [TestMethod]
    [DataRow(0.00017361111111111112)]
    [DataRow(0.0009999999999999998)]
    [DataRow(1e-300)]
    [DataRow(31.5)]
    public void Charge_OfADecisionWithAnyNumber_IsWrittenWithFewDigits(double number) => AssertShort(number);

    [TestMethod]
    public void Charge_OfADecisionWithSmallNumbers_IsWrittenWithFewDigits() => Gen.Double[0, 0.01].Sample(number => AssertShort(number));

    private static void AssertShort(double number)
    {
        var decision = PaymentSamples.Decision() with { DelayHours = number, Probability = number / 2 };
        var declined = PaymentSamples.Recovering();
        var state = (declined with { Fraud = PaymentSamples.Fine with { Score = number / 3 } })
            .Decide(1, decision).BeginAttempt(1, "card_1", "visa", "US", PaymentSamples.Now)
            .ResolveAttempt(2, PaymentSamples.Succeeded("ch_2"), PaymentSamples.Now);
        var charge = JsonNode.Parse(state.Outbox[^1].Json)!;
        foreach (var written in new[] { charge["fraud_score"], charge["decision"]!["delay_hours"], charge["decision"]!["probability"] })
        {
            var text = written!.ToJsonString();
            var digits = text.Split('.', 'E') is [_, var fraction, ..] ? fraction.Length : 0;
            Assert.IsLessThanOrEqualTo(DigitsMax, digits, $"{number:R} became {text}");
        }
    }
}

using System.Text;
using Recoup.Intake;
using Recoup.Silo.Events;
using Recoup.Streaming.Kafka.Records;

namespace Recoup.Silo.Tests.Events;

[TestClass]
public sealed class DeadLetterRedactionTests
{
    [TestMethod]
    [DataRow("{\"a\":\"no number\"}", "{\"a\":\"no number\"}")]
    [DataRow("{\"a\":\"card 4242-4242-4242-4242!\"}", "{\"a\":\"card [card number removed]!\"}")]
    [DataRow("{\"a\":4242424242424242}", "{\"a\":[card number removed]}")]
    [DataRow("{\"a\":\"\\u0034242424242424242\"}", "[card number removed]")]
    [DataRow("{\"a\":\"\\u0034242", "[card number removed]")]
    [DataRow("{\"a\":\"line\\nbreak\"}", "{\"a\":\"line\\nbreak\"}")]
    public void Redact_Value_KeepsWhatIsNoCardNumber(string value, string kept) =>
        Assert.AreEqual(kept, Encoding.UTF8.GetString(DeadLetterRedaction.Redact(Encoding.UTF8.GetBytes(value))!));

    [TestMethod]
    public void Redact_BytesThatAreNoText_AreLeftOutWhenTheyHoldANumber()
    {
        byte[] harmless = [0xff, 0xfe, 1];
        Assert.AreSame(harmless, DeadLetterRedaction.Redact(harmless));
        Assert.AreEqual(CardNumbers.Removed, Encoding.UTF8.GetString(DeadLetterRedaction.Redact([0xff, .. " 4242424242424242"u8])!));
        Assert.IsNull(DeadLetterRedaction.Redact((byte[]?)null));
    }

    [TestMethod]
    public void Redact_Record_CoversKeyAndHeaders()
    {
        var number = "mer:4242424242424242"u8.ToArray();
        var redacted = DeadLetterRedaction.Redact(new KafkaRecord { Key = number, Value = null, Headers = [new("note", "4242424242424242")] });

        Assert.AreEqual("mer:" + CardNumbers.Removed, Encoding.UTF8.GetString(redacted.Key!));
        Assert.AreEqual(CardNumbers.Removed, redacted.Header("note"));
    }
}

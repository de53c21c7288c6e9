using System.Text;
using Recoup.Payments;
using Recoup.Silo.Events;
using Recoup.Streaming.Kafka.Records;

namespace Recoup.Silo.Tests.Events;

[TestClass]
public sealed class PaymentRequestSerializerTests
{
    private const string Body = """{"customer_id":"cus_1","merchant_id":"mer_1","amount_minor":4999,"currency":"USD"}""";

    [TestMethod]
    public void Deserialize_BodyOfTheApi_IsTheCommandAndItsKey()
    {
        var request = (PaymentRequest)Read("mer_1:order:17", Body);

        Assert.AreEqual(("order:17", "mer_1", 4999L), (request.IdempotencyKey, request.Command.MerchantId, request.Command.AmountMinor));
    }

    [TestMethod]
    [DataRow("mer_1:a", "", "empty")]
    [DataRow("mer_1:a", "{", "not one JSON object")]
    [DataRow("mer_1:a", "[]", "not one JSON object")]
    [DataRow("mer_2:a", Body, "key must be")]
    [DataRow("mer_1:", Body, "Idempotency-Key")]
    [DataRow("mer_1:a", """{"merchant_id":"mer_1","amount_minor":-1,"currency":"usd"}""", "customer_id")]
    public void Deserialize_WrongRecord_SaysWhatIsWrong(string key, string value, string said) =>
        StringAssert.Contains(Assert.ThrowsExactly<KafkaRecordException>(() => Read(key, value)).Message, said);

    private static object Read(string key, string value) => new PaymentRequestSerializer().Deserialize(
        new KafkaRecord { Key = Encoding.UTF8.GetBytes(key), Value = Encoding.UTF8.GetBytes(value) }, typeof(PaymentRequest));
}

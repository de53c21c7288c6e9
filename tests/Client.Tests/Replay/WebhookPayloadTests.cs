using System.Text;
using Recoup.Client.Replay;

namespace Recoup.Client.Tests.Replay;

[TestClass]
public sealed class WebhookPayloadTests
{
    [TestMethod]
    [DataRow("a.json", """{"id":"evt_1","object":"event","type":"charge.failed"}""", "Stripe", "charge.failed")]
    [DataRow("a.json", """{"merchant_id":"M","event_id":"e","type":"payment.updated","data":{}}""", "Square", "payment.updated")]
    [DataRow("inputs/square/a.json", "not json", "Square", null)]
    [DataRow("stripe/a.json", """{"type":"x"}""", "Stripe", "x")]
    [DataRow("other/a.json", "[]", null, null)]
    [DataRow("0/a.json", "{}", null, null)]
    public void Recognise_Payload_ByShapeThenByFolder(string name, string body, string? provider, string? type)
    {
        var payload = WebhookPayload.Recognise(name, Encoding.UTF8.GetBytes(body));

        Assert.AreEqual(provider, payload.Provider?.ToString());
        Assert.AreEqual(type, payload.EventType);
    }
}

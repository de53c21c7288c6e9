using System.Text.Json.Nodes;
using Recoup.Client.Events;

namespace Recoup.Client.Tests.Events;

[TestClass]
public sealed class EventLineTests
{
    [TestMethod]
    public void Render_Charge_TellsWhatAPersonAsksFirst()
    {
        var drawn = Screen.Draw(EventLine.Render(Event("""
            {"event_id":"pay_1:2","payment_id":"pay_1","amount_minor":4999,"currency":"USD","attempt":2,"is_final":true,"failure_code":"stolen_card"}
            """)), columns: 200);

        StringAssert.Contains(drawn, "charge.failed");
        StringAssert.Contains(drawn, "pay_1  49.99 USD  attempt 2  stolen_card  final  payments.charges/3@17");
    }

    [TestMethod]
    [DataRow("\"text\"")]
    [DataRow("{\"amount_minor\":\"many\",\"currency\":\"XXX\"}")]
    public void Render_StrangeValue_IsShownAllTheSame(string value) => StringAssert.Contains(Screen.Draw(EventLine.Render(Event(value)), columns: 200), "key_1");

    private static LoggedEvent Event(string json) => new()
    {
        Topic = "payments.charges",
        Partition = 3,
        Offset = 17,
        PublishedAt = DateTimeOffset.UnixEpoch,
        Key = "key_1",
        EventType = "charge.failed",
        Reason = null,
        Value = JsonNode.Parse(json),
    };
}

using System.Globalization;
using System.Text;

namespace Recoup.Lakehouse.Bench;

/// <summary>Charges of the contract's shape, about 720 bytes each; one in a hundred is bad.</summary>
internal static class ChargeRecords
{
    public const string Topic = "payments.charges";

    public const int Partitions = 4;

    public static byte[] Make(int index, DateTimeOffset createdAt)
    {
        var time = createdAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        return Encoding.UTF8.GetBytes(
            $$"""{"event_id":"pay_01JABCDEFGHJKMNPQRSTV{{index:D7}}:3","event_type":"charge.failed","schema_version":1,"created_at":"{{time}}","payment_id":"pay_01JABCDEFGHJKMNPQRSTV{{index:D7}}","customer_id":"cus_{{index % 500}}","merchant_id":"mer_{{index % 20}}","provider":"stripe","amount_minor":{{(index % 100 == 0 ? "\"none\"" : (index % 1_000_000) + 1)}},"currency":"USD","card_id":"card_{{index % 500}}","card_network":"visa","card_country":"US","billing_country":"US","payment_method":"card","attempt":{{(index % 5) + 1}},"is_final":false,"failure_code":"insufficient_funds","network_code":"51","advice_code":null,"fraud_score":0.012,"decision":{"strategy":"learned","strategy_version":"2026-11-01","arm":"treatment","method":"same_card","delay_hours":31.5,"probability":0.62,"rule_pack":"2026-04-18","reason":"best hour of the week"} }""");
    }
}

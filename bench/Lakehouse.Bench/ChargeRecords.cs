using System.Text;
using Recoup.Lakehouse.FlinkSql.Running;

namespace Recoup.Lakehouse.Bench;

/// <summary>Charges of the contract's shape, about 700 bytes each; one in a hundred is bad.</summary>
internal static class ChargeRecords
{
    private const int Partitions = 4;

    public static List<SourceRecord> Make(int count) => [.. Enumerable.Range(0, count).Select(index => new SourceRecord(
        index % Partitions, index / Partitions, DateTimeOffset.UnixEpoch, null, Encoding.UTF8.GetBytes(Json(index))))];

    private static string Json(int index) =>
        $$"""{"event_id":"pay_01JABCDEFGHJKMNPQRSTV{{index:D5}}:3","event_type":"charge.failed","schema_version":1,"created_at":"2026-11-{{(index % 2) + 22}}T09:30:00.{{index % 1000:D3}}Z","payment_id":"pay_01JABCDEFGHJKMNPQRSTV{{index:D5}}","customer_id":"cus_{{index % 500}}","merchant_id":"mer_{{index % 20}}","provider":"stripe","amount_minor":{{(index % 100 == 0 ? "\"none\"" : index + 1)}},"currency":"USD","card_id":"card_{{index % 500}}","card_network":"visa","card_country":"US","billing_country":"US","payment_method":"card","attempt":{{(index % 5) + 1}},"is_final":false,"failure_code":"insufficient_funds","network_code":"51","advice_code":null,"fraud_score":0.012,"decision":{"strategy":"learned","strategy_version":"2026-11-01","arm":"treatment","method":"same_card","delay_hours":31.5,"probability":0.62,"rule_pack":"2026-04-18","reason":"best hour of the week"} }""";
}

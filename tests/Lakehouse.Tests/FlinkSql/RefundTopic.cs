using System.Text;
using Recoup.Lakehouse.FlinkSql.Running;

namespace Recoup.Lakehouse.Tests.FlinkSql;

/// <summary>Records round the partitions of a topic of refunds.</summary>
internal static class RefundTopic
{
    public const int Partitions = 4;

    public static List<SourceRecord> Of(int count, Func<int, string> value) => [.. Enumerable.Range(0, count)
        .Select(index => new SourceRecord(index % Partitions, index / Partitions, DateTimeOffset.UnixEpoch, null, Encoding.UTF8.GetBytes(value(index))))];

    public static string Refund(int index, string day) =>
        $$"""{"event_id":"evt_{{index}}","event_type":"refund.succeeded","schema_version":1,"created_at":"{{day}}T09:30:00Z","refund_id":"re_{{index}}","payment_id":"pay_{{index}}","customer_id":"cus_1","merchant_id":"mer_1","amount_minor":{{index + 1}},"currency":"USD","status":"succeeded"}""";
}

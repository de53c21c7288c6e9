using System.Text.Json;
using Recoup.Client.Queries;

namespace Recoup.Client.Gold;

/// <summary>Reads gold through the silo's <c>/query</c>.</summary>
internal static class GoldTables
{
    /// <summary>Rows of each table of gold, by name; empty before the first run.</summary>
    public static async Task<IReadOnlyDictionary<string, long>> CountAsync(LakeQuery query, CancellationToken cancellationToken)
    {
        var tables = await query.RowsAsync("select table_name from information_schema.tables where table_schema = 'gold' order by table_name", cancellationToken);
        var counts = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var name in tables.Select(row => row.GetProperty("table_name").GetString()!))
        {
            var counted = await query.RowsAsync($"select count(*) as row_count from gold.{name}", cancellationToken);
            counts[name] = counted[0].GetProperty("row_count").GetInt64();
        }

        return counts;
    }

    /// <summary>Recovered money by first failure code and currency, the most first; empty before the first run.</summary>
    public static async Task<IReadOnlyList<RecoveredMoney>> RecoveredAsync(LakeQuery query, IReadOnlyDictionary<string, long> counts, CancellationToken cancellationToken)
    {
        if (!counts.ContainsKey("payment_recovery"))
        {
            return [];
        }

        var rows = await query.RowsAsync(
            """
            select failure_code, currency, cast(sum(recovered_payments) as bigint) as payments, cast(sum(recovered_minor) as bigint) as recovered_minor
            from gold.payment_recovery group by failure_code, currency having sum(recovered_minor) > 0 order by currency, 4 desc
            """,
            cancellationToken);
        return [.. rows.Select(Recovered)];
    }

    private static RecoveredMoney Recovered(JsonElement row) => new(
        row.GetProperty("failure_code").GetString()!, row.GetProperty("currency").GetString()!, row.GetProperty("payments").GetInt64(), row.GetProperty("recovered_minor").GetInt64());
}

/// <param name="FailureCode">Of the first decline.</param>
/// <param name="Currency">ISO 4217.</param>
/// <param name="Payments">Recovered payments.</param>
/// <param name="RecoveredMinor">Their money, minor units.</param>
internal sealed record RecoveredMoney(string FailureCode, string Currency, long Payments, long RecoveredMinor);

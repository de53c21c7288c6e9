using System.Text.Json;
using Microsoft.Data.Sqlite;
using Recoup.Payments;
using Recoup.Pipeline;

namespace Recoup.Client.Tests.Crash;

/// <summary>Reads what the silo and the processor have on disk, each from its own file.</summary>
internal static class Books
{
    /// <summary>Status of every payment that is stored, and whether its customer paid elsewhere.</summary>
    public static IReadOnlyDictionary<string, (PaymentStatus Status, bool PaidElsewhere)> Payments(string dataFolder)
    {
        Dictionary<string, (PaymentStatus, bool)> payments = new(StringComparer.Ordinal);
        Read(Path.Combine(dataFolder, "grains.db"), """
            select grain_key, json_extract(payload, '$.status'), json_extract(payload, '$.paid_elsewhere_at') is not null
            from grain_state where state_name = 'payment' and json_extract(payload, '$.command') is not null
            """, row => payments.Add(row.GetString(0), (Enum.Parse<PaymentStatus>(row.GetString(1), ignoreCase: true), row.GetBoolean(2))));
        return payments;
    }

    /// <summary>Charges by payment that the processor has kept: succeeded, and not given back in full.</summary>
    public static IReadOnlyDictionary<string, int> KeptCharges(string dataFolder)
    {
        Dictionary<string, int> kept = new(StringComparer.Ordinal);
        Read(Path.Combine(dataFolder, "gateway-ledger.db"), """
            select coalesce(charge.provider_reference, charge.payment_id), count(*)
            from ledger as charge
            where charge.kind = 'charge' and charge.outcome = 'succeeded' and charge.amount_minor > coalesce((
              select sum(refund.amount_minor) from ledger as refund
              where refund.charge_id = charge.charge_id and refund.kind = 'refund' and refund.outcome = 'succeeded'), 0)
            group by 1
            """, row => kept.Add(row.GetString(0), row.GetInt32(1)));
        return kept;
    }

    /// <summary>The oldest event of every outbox that is not empty, of payments and customers.</summary>
    public static IReadOnlyList<string> FirstUnpublished(string dataFolder)
    {
        List<string> events = [];
        Read(Path.Combine(dataFolder, "grains.db"), """
            select json_extract(payload, '$.outbox[0].event_id') from grain_state
            where state_name in ('payment', 'customer') and json_extract(payload, '$.outbox[0].event_id') is not null
            """, row => events.Add(row.GetString(0)));
        return events;
    }

    /// <summary>What the log must hold of every payment whose outbox is empty.</summary>
    public static IReadOnlyList<ToldPayment> ToldEvents(string dataFolder)
    {
        List<ToldPayment> told = [];
        Read(Path.Combine(dataFolder, "grains.db"), """
            select grain_key, json_extract(payload, '$.event_count'), payload from grain_state
            where state_name = 'payment' and json_extract(payload, '$.command') is not null and json_array_length(payload, '$.outbox') = 0
            """, row =>
        {
            using var state = JsonDocument.Parse(row.GetString(2));
            told.Add(new ToldPayment(row.GetString(0), row.GetInt32(1), Attempts(state.RootElement)));
        });
        return told;
    }

    /// <summary>What is stored of the pipeline; null before its first run.</summary>
    public static PipelineState? Pipeline(string dataFolder)
    {
        PipelineState? pipeline = null;
        Read(Path.Combine(dataFolder, "grains.db"), "select payload from grain_state where state_name = 'pipeline'", row =>
            pipeline = JsonSerializer.Deserialize<PipelineState>(row.GetString(0), RecoupJson.Options));
        return pipeline;
    }

    /// <summary>Attempts whose result is known, as the events tell them.</summary>
    private static List<(int Number, bool Succeeded)> Attempts(JsonElement state) =>
    [
        .. state.GetProperty("attempts").EnumerateArray()
            .Where(attempt => attempt.GetProperty("outcome").GetString() != "pending")
            .Select(attempt => (attempt.GetProperty("number").GetInt32(), attempt.GetProperty("outcome").GetString() == "succeeded")),
    ];

    private static void Read(string file, string query, Action<SqliteDataReader> each)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = query;
        using var rows = command.ExecuteReader();
        while (rows.Read())
        {
            each(rows);
        }
    }
}

using System.Globalization;
using Recoup.Client.Events;
using Recoup.Lakehouse.Query;
using Recoup.Silo.Lake.Quarantine;

namespace Recoup.Client.Demo;

/// <summary>Counts the tables of the demo's silo, once the validation has come to the end of the log.</summary>
internal sealed class LakeReader(IQueryEngine engine, EventLog log, TimeProvider clock)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan RoundPause = TimeSpan.FromMilliseconds(200);

    /// <summary>The tables when each record is in one of them, or as they are when patience ends.</summary>
    public async Task<IReadOnlyList<TableCount>> CountAsync(CancellationToken cancellationToken)
    {
        var began = clock.GetTimestamp();
        while (true)
        {
            var tables = new List<TableCount>();
            foreach (var topic in ValidatedTopic.All)
            {
                tables.Add(await CountAsync(topic, cancellationToken));
            }

            if (tables.All(table => table.IsReconciled) || clock.GetElapsedTime(began) > Patience)
            {
                return tables;
            }

            await Task.Delay(RoundPause, clock, cancellationToken);
        }
    }

    /// <summary>The reasons of each refused record, by where it lies.</summary>
    public async Task<IReadOnlyDictionary<string, string>> QuarantinedAsync(CancellationToken cancellationToken)
    {
        var quarantined = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var topic in ValidatedTopic.All)
        {
            foreach (var row in await RowsAsync($"select kafka_partition, kafka_offset, rejection_reason from bronze.{topic.QuarantineTable}", cancellationToken))
            {
                quarantined[$"{topic.Topic}/{row[0]}/{row[1]}"] = row[2]!;
            }
        }

        return quarantined;
    }

    private async Task<TableCount> CountAsync(ValidatedTopic topic, CancellationToken cancellationToken)
    {
        var bronze = Number((await RowsAsync($"select count(*) from bronze.{topic.Table}", cancellationToken))[0][0]);
        var reasons = (await RowsAsync($"select rejection_reason, count(*) from bronze.{topic.QuarantineTable} group by rejection_reason order by rejection_reason", cancellationToken))
            .ToDictionary(row => row[0]!, row => Number(row[1]), StringComparer.Ordinal);
        var records = await Task.Run(() => log.Count(topic.Topic), cancellationToken);
        return new TableCount(topic.Topic, topic.Table, records, bronze, reasons.Values.Sum(), reasons);
    }

    private static long Number(string? text) => long.Parse(text!, CultureInfo.InvariantCulture);

    private async Task<List<string?[]>> RowsAsync(string sql, CancellationToken cancellationToken)
    {
        await using var result = await engine.ExecuteAsync(sql, cancellation: cancellationToken);
        var rows = new List<string?[]>();
        await foreach (var row in result.ReadTextAsync(cancellationToken))
        {
            rows.Add(row);
        }

        return rows;
    }
}

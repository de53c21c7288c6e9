using Recoup.Client.Connections;
using Recoup.Lakehouse.FlinkSql.Backfilling;

namespace Recoup.Client.Pipelines;

/// <summary>Lets the silo validate a range again, one transaction after the other.</summary>
internal sealed class BackfillRun(SiloHttp silo, string topic, int recordsMax)
{
    private readonly List<OffsetRange> done = [];
    private readonly Dictionary<string, BackfilledTable> tables = new(StringComparer.Ordinal);

    public long Records { get; private set; }

    /// <summary>Records still to be done; null before the first answer.</summary>
    public long? Left { get; private set; }

    public int Transactions { get; private set; }

    /// <summary>A range a partition: what one transaction did goes on where the last one ended.</summary>
    public IReadOnlyList<OffsetRange> Done => [.. done.GroupBy(range => range.Partition).OrderBy(group => group.Key)
        .Select(group => new OffsetRange(group.Key, group.Min(range => range.From), group.Max(range => range.To)))];

    public IReadOnlyList<BackfilledTable> Tables => [.. tables.Values];

    /// <param name="from">An offset, a time as ISO 8601, or null.</param>
    /// <param name="to">The same for the end.</param>
    /// <param name="partition">One partition, or all.</param>
    /// <param name="cancellationToken">Ends it between two transactions.</param>
    public async Task RunAsync(object? from, object? to, int? partition, CancellationToken cancellationToken)
    {
        var result = await PostAsync(new { topic, from, to, partition, RecordsMax = recordsMax }, cancellationToken);
        while (result.Left.Count > 0)
        {
            result = await PostAsync(new { topic, Ranges = result.Left.Select(range => new { range.Partition, range.From, range.To }), RecordsMax = recordsMax }, cancellationToken);
        }
    }

    private async Task<BackfillResult> PostAsync(object body, CancellationToken cancellationToken)
    {
        var result = await silo.PostAsync<BackfillResult>("/pipeline/backfill", body, cancellationToken);
        done.AddRange(result.Done);
        Records += result.Records;
        Left = result.Left.Sum(range => range.Count);
        Transactions += result.Done.Count > 0 ? 1 : 0;
        foreach (var table in result.Tables)
        {
            var before = tables.GetValueOrDefault(table.Table) ?? new BackfilledTable(table.Table, 0, 0);
            tables[table.Table] = new BackfilledTable(table.Table, before.RowsBefore + table.RowsBefore, before.RowsAfter + table.RowsAfter);
        }

        return result;
    }
}

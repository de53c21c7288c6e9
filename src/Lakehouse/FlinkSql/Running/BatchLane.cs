using Recoup.Lakehouse.FlinkSql.Planning;

namespace Recoup.Lakehouse.FlinkSql.Running;

/// <summary>Computes batches, one at a time: a database of its own, and how many records it may take at once. Not safe for use by several threads.</summary>
internal sealed class BatchLane(ScriptPlan plan, ITableSink sink, ScriptRunnerOptions options, TimeProvider time) : IDisposable
{
    private readonly BatchEngine engine = new(plan, time);
    private readonly List<string> tables = [.. Enumerable.Range(0, plan.Inserts.Count).Select(BatchEngine.RowsOf)];
    private int rowsMax = options.RowsMax;

    /// <summary>
    /// Computes the first of the records and stages their rows: all, unless they fall on too many days. Then the batch is computed again
    /// without those that open a day too many, and the next ones are short until dates are sane again, so that little is computed in vain.
    /// </summary>
    /// <returns>How many records it took, and their rows.</returns>
    public async Task<(int Count, IStagedBatch Rows)> StageAsync(IReadOnlyList<SourceRecord> records, CancellationToken cancellation)
    {
        var taken = Math.Min(records.Count, rowsMax);
        engine.Load(First(records, taken));
        var sane = CountWithinDays(taken);
        rowsMax = sane == taken ? Math.Min(options.RowsMax, rowsMax * 2) : sane;
        if (sane < taken)
        {
            engine.Load(First(records, sane));
        }

        return (sane, await sink.StageAsync(new BatchOutput(engine.Connection, tables), cancellation));
    }

    public void Dispose() => engine.Dispose();

    private static IReadOnlyList<SourceRecord> First(IReadOnlyList<SourceRecord> records, int count) => count == records.Count ? records : [.. records.Take(count)];

    private int CountWithinDays(int records)
    {
        var count = records;
        for (var insert = 0; insert < plan.Inserts.Count; insert++)
        {
            if (sink.DayColumn(plan.Inserts[insert]) is { } column)
            {
                count = Math.Min(count, engine.CountWithinDays(insert, column, options.DaysMax, records));
            }
        }

        return count;
    }
}

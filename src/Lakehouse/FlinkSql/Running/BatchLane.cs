using Recoup.Lakehouse.FlinkSql.Planning;

namespace Recoup.Lakehouse.FlinkSql.Running;

/// <summary>Computes batches, one at a time, in a database of its own. Not safe for use by several threads.</summary>
internal sealed class BatchLane(ScriptPlan plan, ITableSink sink, ScriptRunnerOptions options, TimeProvider time) : IDisposable
{
    private readonly BatchEngine engine = new(plan, time);
    private readonly List<string> tables = [.. Enumerable.Range(0, plan.Inserts.Count).Select(BatchEngine.RowsOf)];
    private int rowsMax = options.RowsMax;

    /// <summary>Computes the records and stages their rows, in as many parts as the bound on days asks for.</summary>
    public async Task<IReadOnlyList<StagedPart>> StageAsync(IReadOnlyList<SourceRecord> records, CancellationToken cancellation)
    {
        var parts = new List<StagedPart>();
        for (var done = 0; done < records.Count; done += parts[^1].Count)
        {
            cancellation.ThrowIfCancellationRequested();
            var part = LoadWithinDays(records, done);
            parts.Add(StagedPart.Of(part, await sink.StageAsync(new BatchOutput(engine.Connection, tables), cancellation)));
        }

        return parts;
    }

    public void Dispose() => engine.Dispose();

    /// <summary>
    /// Loads the next records: all, unless their rows fall on too many days. Then they are computed again without those that
    /// open a day too many, and the next parts are short until dates are sane again, so that little is computed in vain.
    /// </summary>
    private IReadOnlyList<SourceRecord> LoadWithinDays(IReadOnlyList<SourceRecord> records, int first)
    {
        var part = Part(records, first, Math.Min(records.Count - first, rowsMax));
        engine.Load(part);
        var sane = CountWithinDays(part.Count);
        rowsMax = sane == part.Count ? Math.Min(options.RowsMax, rowsMax * 2) : sane;
        if (sane == part.Count)
        {
            return part;
        }

        part = Part(part, 0, sane);
        engine.Load(part);
        return part;
    }

    private static IReadOnlyList<SourceRecord> Part(IReadOnlyList<SourceRecord> records, int first, int count) =>
        count == records.Count ? records : [.. records.Skip(first).Take(count)];

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

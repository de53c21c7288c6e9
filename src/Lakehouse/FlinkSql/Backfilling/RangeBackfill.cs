using Recoup.Lakehouse.FlinkSql.Planning;
using Recoup.Lakehouse.Iceberg;
using Recoup.Lakehouse.Iceberg.Catalogs;
using Recoup.Lakehouse.Iceberg.Commits;

namespace Recoup.Lakehouse.FlinkSql.Backfilling;

/// <summary>What a table lost and got.</summary>
/// <param name="Table">Namespace and name.</param>
/// <param name="RowsBefore">Rows of the range that were there.</param>
/// <param name="RowsAfter">Rows of the range that are there now.</param>
public sealed record BackfilledTable(string Table, long RowsBefore, long RowsAfter);

/// <summary>What one transaction did.</summary>
/// <param name="Done">What was validated again and is committed.</param>
/// <param name="Records">How many records that were.</param>
/// <param name="Tables">What each table lost and got.</param>
/// <param name="Left">What is still to be done: call again with it.</param>
public sealed record BackfillResult(IReadOnlyList<OffsetRange> Done, long Records, IReadOnlyList<BackfilledTable> Tables, IReadOnlyList<OffsetRange> Left);

/// <summary>
/// Validates records again that were validated before, by the script as it is now: in every table of the script the rows of the range are replaced, in one
/// catalog transaction. Whatever dies, and when, the tables hold the old rows or the new ones; and a range may be done as often as one likes.
/// The running validation is not disturbed: it only appends rows of later records.
/// </summary>
public sealed class RangeBackfill(ICatalog catalog, ScriptPlan plan, IReadOnlyDictionary<string, string> kafka, TimeProvider time)
{
    private const int Attempts = 8;
    private const int BatchRecords = 10_000;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Counts the backfills of a topic, beside its offsets and committed as they are: of two at the same time only one fits, also where the range had no row yet.
    /// </summary>
    private string Counter => $"{plan.Source.Topic} backfills";

    /// <summary>The ranges between two bounds, as far as the tables have read.</summary>
    /// <param name="from">Where they begin.</param>
    /// <param name="to">Where they end; that record is not among them.</param>
    /// <param name="partition">One partition, or all.</param>
    /// <param name="cancellation">Ends the look-up.</param>
    /// <exception cref="BackfillException">There is no such partition, or no broker answers.</exception>
    public async Task<IReadOnlyList<OffsetRange>> ResolveAsync(RangeBound from, RangeBound to, int? partition, CancellationToken cancellation)
    {
        using var reader = new KafkaRangeReader(plan.Source, kafka, time);
        return Validated(await LoadAsync(cancellation), await Task.Run(() => reader.Resolve(from, to, partition), cancellation));
    }

    /// <summary>Validates the first records of the ranges again, at most so many, as one transaction.</summary>
    /// <param name="ranges">From <see cref="ResolveAsync"/> or the last result; at most one a partition.</param>
    /// <param name="most">Records of the transaction: they lie in memory until it commits.</param>
    /// <param name="cancellation">Ends it; then nothing was changed.</param>
    /// <exception cref="BackfillException">The range cannot be read; nothing was changed.</exception>
    /// <exception cref="IcebergException">With <see cref="IcebergFailure.CommitStateUnknown"/>: do the range again.</exception>
    public async Task<BackfillResult> RunAsync(IReadOnlyList<OffsetRange> ranges, long most, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(ranges);
        var (taken, left) = OffsetRange.Split(Validated(await LoadAsync(cancellation), ranges), most);
        if (taken.Count == 0)
        {
            return new BackfillResult([], 0, [], []);
        }

        using var rows = new RangeRows(plan, time);
        using (var reader = new KafkaRangeReader(plan.Source, kafka, time))
        {
            // The client and the engine block.
            await Task.Run(() => Compute(reader, taken, rows, cancellation), cancellation);
        }

        return new BackfillResult(taken, rows.RecordCount, await ReplaceAsync(taken, rows, cancellation), left);
    }

    private static void Compute(KafkaRangeReader reader, IReadOnlyList<OffsetRange> ranges, RangeRows rows, CancellationToken cancellation)
    {
        reader.RequireHeld(ranges);
        foreach (var batch in reader.Read(ranges, BatchRecords, Patience, cancellation))
        {
            rows.Add(batch);
        }
    }

    /// <summary>What others committed meanwhile (a compaction, another backfill) makes the replacement, not the computation, begin again.</summary>
    private async Task<IReadOnlyList<BackfilledTable>> ReplaceAsync(IReadOnlyList<OffsetRange> ranges, RangeRows rows, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var replacement = new RangeReplacement(catalog, time, await LoadAsync(cancellation));
                return await replacement.CommitAsync(ranges, rows, Counter, cancellation);
            }
            catch (IcebergException conflict) when (conflict.Failure is IcebergFailure.CommitConflict)
            {
                if (attempt == Attempts)
                {
                    throw new BackfillException($"Others changed the files of the range {Attempts} times in a row. Nothing was changed: try again.", conflict);
                }
            }
        }
    }

    private async Task<IReadOnlyList<Table>> LoadAsync(CancellationToken cancellation) => await Task.WhenAll(
        plan.Inserts.Select(insert => catalog.LoadTableAsync(new TableIdentifier(insert.Target[^2], insert.Target[^1]), cancellation)));

    /// <summary>Records that the tables have not read come by themselves; validated here, they would be there twice.</summary>
    private List<OffsetRange> Validated(IReadOnlyList<Table> tables, IReadOnlyList<OffsetRange> ranges)
    {
        var offsets = tables.Select(table => SourceOffsets.Of(table.Metadata)).ToList();
        return [.. ranges.Select(range => range with { To = Math.Min(range.To, offsets.Min(next => next[plan.Source.Topic, range.Partition] ?? 0)) })
            .Where(range => range.Count > 0)];
    }
}

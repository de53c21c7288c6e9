using Recoup.Lakehouse.FlinkSql.Planning;
using Recoup.Lakehouse.FlinkSql.Running;

namespace Recoup.Lakehouse.Tests.FlinkSql;

/// <summary>Fails before a commit (nothing happened) or after one (the answer is lost), at random.</summary>
internal sealed class FailingSink(ITableSink inner, Random random) : ITableSink
{
    private int failures;

    public int Failures => failures;

    /// <summary>Hears of each commit, also of one whose answer is lost, the offsets behind it.</summary>
    public event Action<IReadOnlyDictionary<int, long>>? Committed;

    public Task<IReadOnlyDictionary<int, long>> ReadOffsetsAsync(CancellationToken cancellation) => inner.ReadOffsetsAsync(cancellation);

    public string? DayColumn(PlannedInsert insert) => inner.DayColumn(insert);

    public Task<IStagedBatch> StageAsync(BatchOutput batch, CancellationToken cancellation)
    {
        FailSometimes("before the files of");
        return inner.StageAsync(batch, cancellation);
    }

    public async Task CommitAsync(IStagedBatch batch, IReadOnlyDictionary<int, long> first, IReadOnlyDictionary<int, long> behind, CancellationToken cancellation)
    {
        FailSometimes("before");
        await inner.CommitAsync(batch, first, behind, cancellation);
        Committed?.Invoke(behind);
        FailSometimes("after");
    }

    private void FailSometimes(string when)
    {
        bool fails;
        lock (random)
        {
            fails = random.Next(4) == 0;
        }

        if (fails)
        {
            Interlocked.Increment(ref failures);
            throw new IOException($"The machine stopped {when} the commit.");
        }
    }
}

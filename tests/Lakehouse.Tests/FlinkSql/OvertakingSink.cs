using System.Collections.Concurrent;
using Recoup.Lakehouse.FlinkSql.Planning;
using Recoup.Lakehouse.FlinkSql.Running;

namespace Recoup.Lakehouse.Tests.FlinkSql;

/// <summary>Of two batches that are computed beside each other the one staged second is ready first.</summary>
internal sealed class OvertakingSink(ITableSink inner) : ITableSink
{
    private readonly TaskCompletionSource overtaken = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int staged;

    /// <summary>How many records lie before the end of each batch, in the order of the commits.</summary>
    public ConcurrentQueue<long> Commits { get; } = [];

    public Task<IReadOnlyDictionary<int, long>> ReadOffsetsAsync(CancellationToken cancellation) => inner.ReadOffsetsAsync(cancellation);

    public string? DayColumn(PlannedInsert insert) => inner.DayColumn(insert);

    public async Task<IStagedBatch> StageAsync(BatchOutput batch, CancellationToken cancellation)
    {
        var files = await inner.StageAsync(batch, cancellation);
        if (Interlocked.Increment(ref staged) == 1)
        {
            await overtaken.Task.WaitAsync(cancellation);
        }

        overtaken.TrySetResult();
        return files;
    }

    public async Task CommitAsync(IStagedBatch batch, IReadOnlyDictionary<int, long> first, IReadOnlyDictionary<int, long> behind, CancellationToken cancellation)
    {
        await inner.CommitAsync(batch, first, behind, cancellation);
        Commits.Enqueue(behind.Values.Sum());
    }
}

using System.Collections.Concurrent;
using Recoup.Lakehouse.Threads;

namespace Recoup.Lakehouse.FlinkSql.Running;

/// <summary>The lanes of one script: so many batches are computed beside each other, the others wait. A lane is opened when the first batch needs it.</summary>
internal sealed class BatchLanes(Func<BatchLane> open, int most) : IDisposable
{
    private readonly SemaphoreSlim free = new(most);
    private readonly ConcurrentStack<BatchLane> idle = new([open()]);

    public async Task<IReadOnlyList<StagedPart>> StageAsync(IReadOnlyList<SourceRecord> records, CancellationToken cancellation)
    {
        await free.WaitAsync(cancellation);
        try
        {
            return await OwnThread.RunAsync(() => StageOnLaneAsync(records, cancellation)).Unwrap();
        }
        finally
        {
            free.Release();
        }
    }

    /// <summary>Only when no batch is computed any more.</summary>
    public void Dispose()
    {
        while (idle.TryPop(out var lane))
        {
            lane.Dispose();
        }

        free.Dispose();
    }

    private async Task<IReadOnlyList<StagedPart>> StageOnLaneAsync(IReadOnlyList<SourceRecord> records, CancellationToken cancellation)
    {
        var lane = idle.TryPop(out var known) ? known : open();
        try
        {
            var parts = await lane.StageAsync(records, cancellation);
            idle.Push(lane);
            return parts;
        }
        catch
        {
            // A database that has failed may refuse all that follows: the next batch gets another one.
            lane.Dispose();
            throw;
        }
    }
}

using System.Diagnostics;
using Recoup.Events.Bench.Grains;

namespace Recoup.Events.Bench.Load;

/// <summary>How long each event of a run took to its subscriber. What is delivered again counts once.</summary>
internal sealed class DeliveryLog
{
    private long[] ticks = [];
    private long first;
    private int missing;
    private TaskCompletionSource all = new();

    /// <summary>Expects events with the numbers from <paramref name="firstNumber"/> on.</summary>
    public Task Expect(long firstNumber, int count)
    {
        (first, missing, all) = (firstNumber, count, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        Volatile.Write(ref ticks, new long[count]);
        return all.Task;
    }

    public long[] Ticks => ticks;

    public int Missing => Volatile.Read(ref missing);

    public void Came(BenchEvent streamEvent)
    {
        var took = Stopwatch.GetTimestamp() - streamEvent.PublishedAt;
        var index = streamEvent.Number - first;
        if (index < 0 || index >= ticks.Length || Interlocked.CompareExchange(ref ticks[index], took, 0) != 0)
        {
            return;
        }

        if (Interlocked.Decrement(ref missing) == 0)
        {
            all.SetResult();
        }
    }
}

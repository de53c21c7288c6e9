using System.Collections.Concurrent;

namespace Recoup.Streaming.Kafka.Producing;

/// <summary>
/// How records come to the gate. Publishers never wait for each other: each leaves what it brings in a queue, and the one that found nobody there takes in
/// its own and all that comes meanwhile.
/// </summary>
internal sealed partial class SendGate
{
    /// <summary>So many one publisher takes in for others; a thread of the pool goes on, and the publisher's grain with its own work.</summary>
    private const int TakenInMax = 32;

    private readonly ConcurrentQueue<Arrival> arrivals = new();

    /// <summary>Arrivals not yet taken in. Who raises it from 0 takes in, and goes on until it is 0 again.</summary>
    private int arrived;

    public void Enqueue(PendingRecord record) => Arrive(new Arrival(record, []));

    /// <summary>All in one turn: no other publisher's record comes between.</summary>
    public void Enqueue(IReadOnlyList<PendingRecord> records) => Arrive(new Arrival(null, records));

    private void Arrive(Arrival arrival)
    {
        ObjectDisposedException.ThrowIf(closed, this);
        arrivals.Enqueue(arrival);
        if (Interlocked.Increment(ref arrived) == 1)
        {
            TakeIn();
        }
    }

    private void TakeIn()
    {
        for (var taken = 0; taken < TakenInMax; taken++)
        {
            if (arrivals.TryDequeue(out var arrival) && !TryTakeIn(arrival))
            {
                FailAll(arrival.One is { } one ? [one] : arrival.Many, new Error(ErrorCode.Local_Destroy, "The producer was closed before the record was sent."), mayBeInLog: false);
            }

            if (Interlocked.Decrement(ref arrived) == 0)
            {
                return;
            }
        }

        ThreadPool.UnsafeQueueUserWorkItem(static gate => gate.TakeIn(), this, preferLocal: false);
    }

    /// <summary>False when the gate has been closed since.</summary>
    private bool TryTakeIn(Arrival arrival)
    {
        lock (gate)
        {
            if (closed)
            {
                return false;
            }

            if (arrival.One is { } one)
            {
                Add(one);
            }

            for (var index = 0; index < arrival.Many.Count; index++)
            {
                Add(arrival.Many[index]);
            }

            Drain();
            return true;
        }
    }

    /// <summary>One record, or several that were published together: no list is made for the one.</summary>
    private readonly record struct Arrival(PendingRecord? One, IReadOnlyList<PendingRecord> Many);
}

namespace Recoup.Embedded.Kafka.Log;

/// <summary>Something with bytes that are written but not yet on the disk.</summary>
internal interface ICommitTarget
{
    /// <summary>Brings what was written so far to the disk, and tells whoever waits for it. Failures are kept by the target.</summary>
    void Commit();
}

/// <summary>
/// Brings files to the disk for all partitions and connections together: while one round runs, everything that is written meanwhile
/// waits for the next, so one flush of a file serves many requests.
/// </summary>
internal sealed class GroupCommit : IDisposable
{
    private static readonly ParallelOptions Together = new() { MaxDegreeOfParallelism = 4 };

    private readonly object gate = new();
    private readonly Thread thread;
    private HashSet<ICommitTarget> waiting = [];
    private TaskCompletionSource round = NewRound();
    private bool isStopping;

    public GroupCommit()
    {
        thread = new Thread(Run) { IsBackground = true, Name = "kafka-commit" };
        thread.Start();
    }

    /// <summary>A task that ends when everything the target has written until now is on the disk.</summary>
    public Task Enlist(ICommitTarget target)
    {
        lock (gate)
        {
            waiting.Add(target);
            Monitor.Pulse(gate);
            return round.Task;
        }
    }

    /// <summary>Ends after a last round.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            isStopping = true;
            Monitor.Pulse(gate);
        }

        thread.Join();
    }

    private static TaskCompletionSource NewRound() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Run()
    {
        var taken = new HashSet<ICommitTarget>();
        while (true)
        {
            TaskCompletionSource ending;
            lock (gate)
            {
                while (waiting.Count == 0 && !isStopping)
                {
                    Monitor.Wait(gate);
                }

                if (waiting.Count == 0)
                {
                    return;
                }

                (taken, waiting) = (waiting, taken);
                (ending, round) = (round, NewRound());
            }

            // The file system writes its journal once for flushes that come together; this thread takes part, so a busy pool delays nothing.
            Parallel.ForEach(taken, Together, static target => target.Commit());

            taken.Clear();
            ending.SetResult();
        }
    }
}

using Recoup.Embedded.Temporal.Storage;

namespace Recoup.Embedded.Temporal.Engine;

/// <summary>
/// The executions in memory: those in use, and the most recently used up to a number. The others are in the store alone,
/// so a hundred thousand waiting runs cost no memory here.
/// </summary>
internal sealed class ExecutionRegistry(int cachedMax)
{
    private readonly Lock gate = new();
    private readonly Dictionary<ExecutionKey, Execution> executions = [];
    private readonly Queue<Execution> order = [];

    /// <summary>Waits for the execution's gate; disposing of the lease opens it.</summary>
    public async ValueTask<ExecutionLease> EnterAsync(ExecutionKey key, CancellationToken cancelled = default)
    {
        var execution = Use(key);
        try
        {
            await execution.Gate.WaitAsync(cancelled);
        }
        catch
        {
            Release(execution);
            throw;
        }

        return new ExecutionLease(this, execution);
    }

    public void Leave(Execution execution)
    {
        execution.Gate.Release();
        Release(execution);
    }

    private Execution Use(ExecutionKey key)
    {
        lock (gate)
        {
            if (!executions.TryGetValue(key, out var execution))
            {
                execution = new Execution(key);
                executions[key] = execution;
                order.Enqueue(execution);
            }

            execution.Users++;
            execution.Touched = true;
            return execution;
        }
    }

    private void Release(Execution execution)
    {
        lock (gate)
        {
            execution.Users--;
            for (var looked = 0; executions.Count > cachedMax && looked < 8 && order.TryDequeue(out var oldest); looked++)
            {
                if (oldest.Users > 0 || oldest.Touched || oldest.Queries.Count > 0)
                {
                    oldest.Touched = false;
                    order.Enqueue(oldest);
                }
                else
                {
                    executions.Remove(oldest.Key);
                }
            }
        }
    }
}

internal readonly struct ExecutionLease(ExecutionRegistry registry, Execution execution) : IDisposable
{
    public Execution Execution => execution;

    public void Dispose() => registry.Leave(execution);
}

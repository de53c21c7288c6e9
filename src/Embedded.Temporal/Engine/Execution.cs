using Recoup.Embedded.Temporal.Matching;
using Recoup.Embedded.Temporal.Runs;
using Recoup.Embedded.Temporal.Storage;

namespace Recoup.Embedded.Temporal.Engine;

/// <summary>All runs of one workflow id, while somebody works on them. Its gate is the only lock that a change takes.</summary>
internal sealed class Execution(ExecutionKey key)
{
    public ExecutionKey Key => key;

    public SemaphoreSlim Gate { get; } = new(1, 1);

    /// <summary>How many calls hold or await the gate, guarded by the registry.</summary>
    public int Users { get; set; }

    /// <summary>Used since the cache last looked.</summary>
    public bool Touched { get; set; }

    /// <summary>The newest run, once it was looked up.</summary>
    public RunReference? Current { get; set; }

    public bool CurrentIsKnown { get; set; }

    /// <summary>The state of the newest run as it is in the store; null when it is not in memory.</summary>
    public RunState? State { get; set; }

    /// <summary>Queries that wait for a workflow task of the newest run.</summary>
    public List<QueuedQuery> Queries { get; } = [];

    /// <summary>After a failed write nothing in memory can be trusted.</summary>
    public void Forget()
    {
        Current = null;
        CurrentIsKnown = false;
        State = null;
    }
}

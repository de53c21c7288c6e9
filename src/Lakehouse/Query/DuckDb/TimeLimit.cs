using DuckDB.NET.Native;

namespace Recoup.Lakehouse.Query.DuckDb;

/// <summary>The time of one query, from before its planning to its last row, and the caller's wish to end it.</summary>
internal sealed class TimeLimit : IDisposable
{
    /// <summary>DuckDB forgets an interrupt that comes just before a call begins, so it is repeated until the query is gone.</summary>
    private static readonly TimeSpan Repeat = TimeSpan.FromMilliseconds(20);

    private readonly CancellationToken caller;
    private readonly TimeSpan time;
    private readonly CancellationTokenSource timer;
    private readonly CancellationTokenSource ended;
    private readonly Lock gate = new();
    private CancellationTokenRegistration registration;
    private ITimer? interrupts;
    private bool isDisposed;

    public TimeLimit(TimeSpan time, TimeProvider clock, CancellationToken caller)
    {
        (this.caller, this.time) = (caller, time);
        timer = new CancellationTokenSource(time, clock);
        ended = CancellationTokenSource.CreateLinkedTokenSource(caller, timer.Token);
    }

    /// <summary>Cancelled when the caller gave up or the time is over.</summary>
    public CancellationToken Token => ended.Token;

    /// <summary>From now on, what runs in the connection is ended with the time.</summary>
    public void Watch(DuckDBNativeConnection connection) => registration = Token.Register(() =>
    {
        lock (gate)
        {
            if (!isDisposed)
            {
                interrupts = TimeProvider.System.CreateTimer(_ => Interrupt(connection), null, TimeSpan.Zero, Repeat);
            }
        }
    });

    /// <summary>Ends the query because its reader gave up.</summary>
    public void Cancel() => ended.Cancel();

    /// <exception cref="QueryException">The time is over.</exception>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public void ThrowIfOver()
    {
        caller.ThrowIfCancellationRequested();
        if (timer.IsCancellationRequested)
        {
            throw QueryException.Timeout(time);
        }
    }

    public void Dispose()
    {
        registration.Dispose();
        lock (gate)
        {
            isDisposed = true;
            interrupts?.Dispose();
        }

        ended.Dispose();
        timer.Dispose();
    }

    /// <summary>Under the lock, so that no interrupt comes once the connection has gone to another query.</summary>
    private void Interrupt(DuckDBNativeConnection connection)
    {
        lock (gate)
        {
            if (!isDisposed)
            {
                NativeMethods.Startup.DuckDBInterrupt(connection);
            }
        }
    }
}

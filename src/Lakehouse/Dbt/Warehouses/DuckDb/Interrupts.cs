using DuckDB.NET.Native;

namespace Recoup.Lakehouse.Dbt.Warehouses.DuckDb;

/// <summary>Interrupts what runs in a connection, from a cancellation until it is disposed of.</summary>
internal sealed class Interrupts : IAsyncDisposable
{
    /// <summary>DuckDB forgets an interrupt that comes just before a call begins, so it is repeated until the call is over.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly ITimer timer;
    private readonly CancellationTokenRegistration registration;

    public Interrupts(DuckDBNativeConnection connection, CancellationToken cancellation)
    {
        timer = TimeProvider.System.CreateTimer(_ => NativeMethods.Startup.DuckDBInterrupt(connection), null, Timeout.InfiniteTimeSpan, Pause);
        registration = cancellation.Register(() => timer.Change(TimeSpan.Zero, Pause));
    }

    /// <summary>When it returns, no interrupt comes any more.</summary>
    public async ValueTask DisposeAsync()
    {
        await registration.DisposeAsync();
        await timer.DisposeAsync();
    }
}

using System.Text.Json;

namespace Recoup.Lakehouse.Query.Trino;

/// <summary>The answers of one query, one after the other, within its time. A query that is left before its end is cancelled.</summary>
internal sealed class TrinoPages : IAsyncDisposable
{
    private readonly TrinoConnection connection;
    private readonly TimeSpan time;
    private readonly CancellationTokenSource timer;
    private readonly CancellationTokenSource ended;
    private string? nextUri;
    private bool isDisposed;

    public TrinoPages(TrinoConnection connection, TimeSpan time, TimeProvider clock, CancellationToken caller)
    {
        (this.connection, this.time) = (connection, time);
        timer = new CancellationTokenSource(time, clock);
        ended = CancellationTokenSource.CreateLinkedTokenSource(caller, timer.Token);
    }

    public Task<JsonElement?> StartAsync(string sql, QueryLimits limits, CancellationToken cancellation) =>
        TakeAsync(token => connection.StartAsync(sql, limits, token), cancellation);

    /// <returns>null after the last.</returns>
    public async Task<JsonElement?> NextAsync(CancellationToken cancellation) =>
        nextUri is { } uri ? await TakeAsync(token => connection.NextAsync(uri, token), cancellation) : null;

    public async ValueTask DisposeAsync()
    {
        if (!isDisposed)
        {
            isDisposed = true;
            if (nextUri is { } unfinished)
            {
                await connection.CancelAsync(unfinished);
            }

            ended.Dispose();
            timer.Dispose();
        }
    }

    private async Task<JsonElement?> TakeAsync(Func<CancellationToken, Task<JsonElement>> send, CancellationToken cancellation)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ended.Token, cancellation);
        try
        {
            var page = await send(either.Token);
            nextUri = page.TryGetProperty("nextUri", out var next) ? next.GetString() : null;
            return page.TryGetProperty("error", out var error) ? throw TrinoErrors.Of(error) : page;
        }
        catch (OperationCanceledException) when (timer.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            throw QueryException.Timeout(time);
        }
    }
}

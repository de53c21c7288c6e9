using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;
using Orleans.Concurrency;
using Recoup.Clock;
using Recoup.Customers;

namespace Recoup.Pipeline.Alerts;

/// <summary>
/// Keeps the alerts, and tells every channel of each change at least once: a change waits in the state, in the same write, until the channel has taken it.
/// One channel that takes nothing keeps no other waiting. Reentrant; what that needs is written at <see cref="CoalescedState{T}"/>.
/// </summary>
[Reentrant]
[SuppressMessage("Design", "CA1001", Justification = "The token source holds no handle, and work under way may still use it.")]
public sealed partial class AlertGrain(
    [PersistentState("alerts", "recoup")] IPersistentState<AlertBook> store,
    IEnumerable<IAlertChannel> channels,
    IBusinessClock clock,
    TimeProvider time,
    ILogger<AlertGrain> logger) : Grain, IAlertGrain
{
    /// <summary>Wall time until a channel that took nothing is asked again.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);

    private readonly CancellationTokenSource stopping = new();
    private readonly IReadOnlyDictionary<string, IAlertChannel> byName = channels.ToDictionary(channel => channel.Name, StringComparer.Ordinal);
    private readonly HashSet<string> delivering = new(StringComparer.Ordinal);
    private CoalescedState<AlertBook> state = null!;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        state = new CoalescedState<AlertBook>(store);
        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        stopping.Cancel();
        return Task.CompletedTask;
    }

    public async Task ObserveAsync(long runNumber, IReadOnlyList<Reading> readings)
    {
        await ChangeAsync(book => book.Observe(runNumber, readings, [.. byName.Keys], clock.UtcNow));
        Deliver();
    }

    public Task<IReadOnlyList<Alert>> ListAsync() => Task.FromResult<IReadOnlyList<Alert>>(
        [.. state.Saved.Open.OrderByDescending(alert => alert.Reading.Severity).ThenByDescending(alert => alert.RaisedAt), .. state.Saved.Over]);

    public Task ResumeAsync()
    {
        Deliver();
        return Task.CompletedTask;
    }

    /// <summary>Starts every channel for which something waits and that is not at it.</summary>
    private void Deliver()
    {
        foreach (var name in state.Saved.Outbox.SelectMany(notice => notice.Waiting).Distinct(StringComparer.Ordinal).ToList())
        {
            if (delivering.Add(name))
            {
                _ = DeliverAsync(name);
            }
        }
    }

    private async Task DeliverAsync(string name)
    {
        try
        {
            while (state.Saved.Outbox.FirstOrDefault(notice => notice.Waiting.Contains(name)) is { } notice)
            {
                await SendAsync(name, notice);
                await ChangeAsync(book => book.Delivered(notice.EventId, name));
            }
        }
        catch (Exception exception) when (!stopping.IsCancellationRequested)
        {
            PipelineMetrics.Notices.Add(1, new("channel", name), new("result", "failed"));
            LogNotDelivered(name, Pause, exception.GetType().Name);
            await PostponeAsync();
        }
        catch (OperationCanceledException)
        {
            // The activation is closing; what waits is on disk.
        }
        finally
        {
            delivering.Remove(name);
        }
    }

    /// <summary>The sweep comes back after a pause and not every few seconds; where even that cannot be saved, it comes back sooner.</summary>
    private async Task PostponeAsync()
    {
        try
        {
            await ChangeAsync(book => book with { });
        }
        catch (Exception exception)
        {
            LogNotSaved(exception);
        }
    }

    private async Task SendAsync(string name, AlertNotice notice)
    {
        // A channel that was configured when the alert was raised, and is not any more, has nobody to tell.
        if (!byName.TryGetValue(name, out var channel))
        {
            return;
        }

        try
        {
            await channel.SendAsync(notice, stopping.Token);
            PipelineMetrics.Notices.Add(1, new("channel", name), new("result", "delivered"));
        }
        catch (AlertRefusedException refusal)
        {
            PipelineMetrics.Notices.Add(1, new("channel", name), new("result", "refused"));
            LogRefused(name, notice.EventId, refusal.Message);
        }
    }

    private Task ChangeAsync(Func<AlertBook, AlertBook> change) => state.ChangeAsync(current =>
    {
        var next = change(current);
        return ReferenceEquals(next, current) ? current : next with { AttentionAt = next.Outbox.Count > 0 ? time.GetUtcNow() + Pause : null };
    });

    /// <summary>Without the exception's text: it may hold the address, which may hold a secret.</summary>
    [LoggerMessage(7202, LogLevel.Warning, "Alerts could not be delivered to {Channel} ({Failure}); tried again in about {Pause}")]
    private partial void LogNotDelivered(string channel, TimeSpan pause, string failure);

    [LoggerMessage(7204, LogLevel.Error, "The book of alerts could not be saved; what was told of may be told again")]
    private partial void LogNotSaved(Exception exception);

    [LoggerMessage(7203, LogLevel.Error, "{Channel} refused the alert {EventId} for good: {Reason}")]
    private partial void LogRefused(string channel, string eventId, string reason);
}

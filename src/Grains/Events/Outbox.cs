using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;

namespace Recoup.Events;

/// <summary>
/// Publishes one grain's saved events, oldest first, one batch at a time. What the log has acknowledged leaves the state with the next write; until then
/// a crash publishes it again, which is harmless. Runs on the grain's own scheduler.
/// </summary>
/// <param name="publisher">The event log.</param>
/// <param name="saved">The outbox as it is on disk.</param>
/// <param name="settle">Called when everything is published: writes the state without it, unless a write is about to follow anyhow.</param>
/// <param name="time">For the pauses after a failure.</param>
/// <param name="logger">The grain's.</param>
[SuppressMessage("Design", "CA1001", Justification = "The token source holds no handle, and work under way may still use it.")]
internal sealed partial class Outbox(
    IEventPublisher publisher, Func<IReadOnlyList<OutboxEvent>> saved, Func<Task> settle, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    private readonly CancellationTokenSource stopping = new();
    private string? lastAcknowledged;
    private bool isRunning;

    /// <summary>The part of an outbox that the log has not acknowledged yet; the same instance when that is all of it.</summary>
    public IReadOnlyList<OutboxEvent> Unpublished(IReadOnlyList<OutboxEvent> outbox)
    {
        for (var index = outbox.Count - 1; index >= 0 && lastAcknowledged is not null; index--)
        {
            if (outbox[index].EventId == lastAcknowledged)
            {
                return [.. outbox.Skip(index + 1)];
            }
        }

        return outbox;
    }

    /// <summary>Starts publishing unless it is under way or nothing is there.</summary>
    public void Start()
    {
        if (!isRunning && saved().Count > 0)
        {
            isRunning = true;
            _ = RunAsync();
        }
    }

    /// <summary>Ends the pauses; what is left is on disk, and the sweep finds it.</summary>
    public void Stop() => stopping.Cancel();

    private async Task RunAsync()
    {
        try
        {
            do
            {
                await PublishAsync();
                await settle();
            }
            while (Unpublished(saved()).Count > 0);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The activation is closing.
        }
        catch (Exception exception)
        {
            // The state could not be written: the events are in the log, and are published again after the next activation.
            LogNotSettled(exception);
        }
        finally
        {
            isRunning = false;
        }
    }

    private async Task PublishAsync()
    {
        var pause = FirstPause;
        while (Unpublished(saved()) is { Count: > 0 } batch)
        {
            try
            {
                await publisher.PublishAsync([.. batch.Select(OutgoingEvent.Of)]);
                lastAcknowledged = batch[^1].EventId;
                pause = FirstPause;
            }
            catch (Exception exception)
            {
                LogNotPublished(exception, batch.Count, batch[0].EventId, pause);
                await Task.Delay(pause, time, stopping.Token);
                pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
            }
        }
    }

    [LoggerMessage(1501, LogLevel.Warning, "{Count} events from {EventId} on were not acknowledged; they are published again in {Pause}")]
    private partial void LogNotPublished(Exception exception, int count, string eventId, TimeSpan pause);

    [LoggerMessage(1502, LogLevel.Warning, "Published events could not be taken out of the outbox; they are published again later")]
    private partial void LogNotSettled(Exception exception);
}

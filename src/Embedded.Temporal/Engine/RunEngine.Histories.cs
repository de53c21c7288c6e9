using Recoup.Embedded.Temporal.Runs;
using Recoup.Embedded.Temporal.Storage;
using Temporalio.Api.WorkflowService.V1;

namespace Recoup.Embedded.Temporal.Engine;

/// <summary>Reading histories: by pages, backwards, and waiting for what is new.</summary>
internal sealed partial class RunEngine
{
    private const int PageBytesMax = 2 << 20;
    private const int PageEventsMax = 1_000;

    /// <summary>How long a reader waits for a new event before it gets an empty answer and asks again.</summary>
    private static readonly TimeSpan LongPoll = TimeSpan.FromSeconds(20);

    public async Task<GetWorkflowExecutionHistoryResponse> GetHistoryAsync(GetWorkflowExecutionHistoryRequest request, TimeSpan wait, CancellationToken cancelled)
    {
        var key = new ExecutionKey(request.Namespace, request.Execution.WorkflowId);
        var token = ReadHistoryToken(request.NextPageToken);
        var runId = token?.RunId ?? request.Execution.RunId;
        var firstEventId = token?.FirstEventId ?? 1;
        var closeOnly = request.HistoryEventFilterType == HistoryEventFilterType.CloseEvent;
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancelled);
        over.CancelAfter(Times.Least(wait, LongPoll));
        while (true)
        {
            // The gate is held while the waiter is taken, so that no change falls between.
            var (run, changed) = await ReadAsync(key, runId, state => (Snapshot(state), request.WaitNewEvent && state.IsRunning ? Waiters.Next(state.Key, closeOnly) : Task.CompletedTask), cancelled);
            runId = run.RunId;
            var somethingToTell = closeOnly ? !run.IsRunning : run.NextEventId > firstEventId || !run.IsRunning;
            if (somethingToTell || !request.WaitNewEvent)
            {
                return closeOnly ? CloseEventOf(run) : Page(run, firstEventId, request, token);
            }

            try
            {
                await changed.WaitAsync(over.Token);
            }
            catch (OperationCanceledException) when (!cancelled.IsCancellationRequested)
            {
                return new() { History = new History(), NextPageToken = Tokens.Write(new HistoryToken(runId, firstEventId)) };
            }
        }
    }

    public async Task<GetWorkflowExecutionHistoryReverseResponse> GetHistoryReverseAsync(GetWorkflowExecutionHistoryReverseRequest request)
    {
        var token = ReadHistoryToken(request.NextPageToken);
        var run = await ReadAsync(new ExecutionKey(request.Namespace, request.Execution.WorkflowId), token?.RunId ?? request.Execution.RunId, Snapshot);
        var lastEventId = token?.FirstEventId ?? run.NextEventId - 1;
        var size = request.MaximumPageSize is > 0 and < PageEventsMax ? request.MaximumPageSize : PageEventsMax;
        var firstEventId = Math.Max(1, lastEventId - size + 1);
        var events = store.ReadEvents(run.Key, firstEventId, lastEventId);
        events.Reverse();
        var history = new History();
        history.Events.AddRange(events);
        return new()
        {
            History = history,
            NextPageToken = firstEventId == 1 ? ByteString.Empty : Tokens.Write(new HistoryToken(run.RunId, firstEventId - 1)),
        };
    }

    /// <summary>Events from one on, up to a size.</summary>
    /// <param name="tail">The last events, if the caller holds the gate and so may read them.</param>
    /// <returns>The page, and where to go on; null at the end.</returns>
    private (History History, HistoryToken? Next) ReadPage(long runKey, string runId, List<HistoryEvent> tail, long firstEventId, long lastEventId, int bytesMax, int eventsMax = int.MaxValue)
    {
        var history = new History();
        long bytes = 0;
        var inMemory = tail.Count > 0 && tail[0].EventId <= firstEventId;
        for (var next = firstEventId; next <= lastEventId;)
        {
            var upTo = inMemory ? lastEventId : Math.Min(lastEventId, next + PageEventsMax - 1);
            foreach (var read in inMemory ? tail.Where(known => known.EventId >= firstEventId) : store.ReadEvents(runKey, next, upTo))
            {
                bytes += read.CalculateSize();
                if (history.Events.Count > 0 && (bytes > bytesMax || history.Events.Count >= eventsMax))
                {
                    return (history, new HistoryToken(runId, read.EventId));
                }

                history.Events.Add(read);
            }

            next = upTo + 1;
        }

        return (history, null);
    }

    private GetWorkflowExecutionHistoryResponse Page(RunView run, long firstEventId, GetWorkflowExecutionHistoryRequest request, HistoryToken? token)
    {
        var size = request.MaximumPageSize is > 0 and < PageEventsMax ? request.MaximumPageSize : PageEventsMax;
        var (history, next) = ReadPage(run.Key, run.RunId, [], firstEventId, run.NextEventId - 1, PageBytesMax, size);
        if (next is null && token?.Transient == true)
        {
            history.Events.AddRange(run.Transient);
        }

        // Who waits for new events goes on with a token as long as the run does.
        next ??= request.WaitNewEvent && run.IsRunning ? new HistoryToken(run.RunId, run.NextEventId) : null;
        return new()
        {
            History = history,
            NextPageToken = next is null ? ByteString.Empty : Tokens.Write(next with { Transient = token?.Transient ?? false }),
        };
    }

    private GetWorkflowExecutionHistoryResponse CloseEventOf(RunView run)
    {
        var history = new History();
        if (!run.IsRunning)
        {
            history.Events.Add(store.ReadEvent(run.Key, run.NextEventId - 1));
        }

        return new() { History = history };
    }

    private static HistoryToken? ReadHistoryToken(ByteString bytes) => bytes.IsEmpty
        ? null
        : Tokens.Read<HistoryToken>(bytes) is { RunId: not null } token ? token : throw Refusals.InvalidArgument("Invalid NextPageToken.");

    /// <summary>What a reader needs of a run after its gate is open again: the ids are fixed, later events are not looked at.</summary>
    private static RunView Snapshot(RunState run) => new(
        run.Key,
        run.RunId,
        run.NextEventId,
        run.IsRunning,
        run.TaskIsStarted && run.Task!.IsTransient ? [.. WorkflowTasks.TransientEvents(run, run.Task)] : []);

    private sealed record RunView(long Key, string RunId, long NextEventId, bool IsRunning, IReadOnlyList<HistoryEvent> Transient);
}

using Temporalio.Api.WorkflowService.V1;

namespace Recoup.Embedded.Temporal.Runs;

/// <summary>Signals and the request to cancel: what others tell a run.</summary>
internal static class Signals
{
    /// <summary>Records a signal, unless its request id came before.</summary>
    public static void Signal(RunChange change, string name, Payloads? input, Header? header, string identity, string requestId)
    {
        var run = change.Run;
        if (requestId.Length > 0 && !(run.RequestIds ??= []).Add(requestId))
        {
            return;
        }

        run.SignalCount++;
        change.Record(SignaledEvent(name, input, header, identity, requestId));
        change.EnsureTask();
    }

    public static HistoryEvent SignaledEvent(string name, Payloads? input, Header? header, string identity, string requestId) => new()
    {
        EventType = EventType.WorkflowExecutionSignaled,
        WorkflowExecutionSignaledEventAttributes = new() { SignalName = name, Input = input, Header = header, Identity = identity, RequestId = requestId },
    };

    /// <summary>Asks the run to cancel itself; asking again changes nothing. It ends a start delay.</summary>
    public static void RequestCancel(RunChange change, RequestCancelWorkflowExecutionRequest request)
    {
        if (change.Run.CancelRequested)
        {
            return;
        }

        change.Run.CancelRequested = true;
        change.Record(new HistoryEvent
        {
            EventType = EventType.WorkflowExecutionCancelRequested,
            WorkflowExecutionCancelRequestedEventAttributes = new() { Cause = request.Reason, Identity = request.Identity },
        });
        change.Run.FirstTaskAt = null;
        change.EnsureTask();
    }
}

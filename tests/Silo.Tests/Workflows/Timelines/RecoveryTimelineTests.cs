using System.Text.Json;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Recoup.Payments;
using Recoup.Silo.Workflows.Timelines;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.Api.History.V1;
using Temporalio.Api.Workflow.V1;

namespace Recoup.Silo.Tests.Workflows.Timelines;

[TestClass]
public sealed class RecoveryTimelineTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 23, 23, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Until = new(2026, 6, 2, 9, 0, 0, TimeSpan.Zero);
    private static readonly JsonSerializerOptions PascalCase = new();

    private readonly List<HistoryEvent> events = [];

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void Read_DecisionWaitAndAttempt_AreToldInBusinessTime(bool snakeCase)
    {
        Started();
        Activity("Decide", Step(RecoveryAction.Attempt, PaymentStatus.Recovering, "attempt 2 on card_1 in 24 h", Until), snakeCase, 1);
        Timer(TimeSpan.FromSeconds(2.4), EventType.TimerFired);
        Activity("Attempt", Step(RecoveryAction.Stop, PaymentStatus.Recovered, "collected 49.99 USD"), snakeCase, 1);

        var entries = HistoryTimeline.Read(events);

        CollectionAssert.AreEqual(
            new[] { TimelineKind.Started, TimelineKind.Decision, TimelineKind.Wait, TimelineKind.Collected }, entries.Select(entry => entry.Kind).ToArray());
        Assert.AreEqual("Decision 1: attempt 2 on card_1 in 24 h", entries[1].Title);
        Assert.AreEqual("Waited 2.4 s, until 02 Jun 09:00:00 in business time", entries[2].Title);
        Assert.AreEqual("Attempt of decision 1: collected 49.99 USD", entries[3].Title);
        CollectionAssert.Contains(entries[1].Details.ToList(), "attempt, payment recovering");
    }

    [TestMethod]
    public void Read_SignalDuringWait_SaysWhatEndedIt()
    {
        Started();
        Activity("Decide", Step(RecoveryAction.AwaitCustomer, PaymentStatus.Recovering, "card update asked for"), true, 1);
        Timer(TimeSpan.FromSeconds(30), EventType.TimerCanceled, signal: "CardUpdated");

        var entries = HistoryTimeline.Read(events);

        var wait = entries.Single(entry => entry.Kind is TimelineKind.Wait);
        StringAssert.StartsWith(wait.Title, "Waited 2 s of 30 s");
        CollectionAssert.Contains(wait.Details.ToList(), "ended early by the signal CardUpdated");
        Assert.AreEqual("Signal CardUpdated", entries.Single(entry => entry.Kind is TimelineKind.Signal).Title);
    }

    [TestMethod]
    public void Read_Retries_TellTheError()
    {
        Started();
        Activity("Attempt", Step(RecoveryAction.Decide, PaymentStatus.Recovering, "declined", failureCode: "do_not_honor"), true, 3, tries: 4);

        var attempt = HistoryTimeline.Read(events)[^1];

        Assert.AreEqual(TimelineKind.Declined, attempt.Kind);
        CollectionAssert.Contains(attempt.Details.ToList(), "took 4 tries; the error before the last: SiloDown: nobody home");
    }

    [TestMethod]
    public void Read_ActivityUnderWay_TellsTheServersLastError()
    {
        Started();
        var scheduled = Scheduled("Attempt", 2);
        var pending = new PendingActivityInfo
        {
            ActivityId = scheduled.ActivityTaskScheduledEventAttributes.ActivityId,
            Attempt = 3,
            LastFailure = new Failure { Message = "no answer" },
        };

        var attempt = HistoryTimeline.Read(events, [pending])[^1];

        Assert.AreEqual("Attempt of decision 2: under way", attempt.Title);
        CollectionAssert.AreEqual(new[] { "try 3; the last error: no answer" }, attempt.Details.ToArray());
    }

    [TestMethod]
    public void Read_StrangeAnswer_IsShownAsItIs()
    {
        Started();
        Activity("Decide", new { Action = 99, Until = "soon", Summary = 5 }, false, 1);

        var decision = HistoryTimeline.Read(events)[^1];

        Assert.AreEqual(TimelineKind.Decision, decision.Kind);
        StringAssert.StartsWith(decision.Title, "Decision 1");
    }

    private static RecoveryStep Step(RecoveryAction action, PaymentStatus status, string summary, DateTimeOffset? until = null, string? failureCode = null) =>
        new() { Action = action, Status = status, Summary = summary, Until = until, FailureCode = failureCode };

    private void Started() => Add(new HistoryEvent
    {
        EventType = EventType.WorkflowExecutionStarted,
        WorkflowExecutionStartedEventAttributes = new() { WorkflowType = new() { Name = "RecoverPaymentWorkflow" } },
    });

    private HistoryEvent Scheduled(string name, int number) => Add(new HistoryEvent
    {
        EventType = EventType.ActivityTaskScheduled,
        ActivityTaskScheduledEventAttributes = new()
        {
            ActivityId = $"a{events.Count}",
            ActivityType = new() { Name = name },
            Input = new() { Payloads_ = { Json("\"pay_1\""), Json($"{number}") } },
        },
    });

    private void Activity<T>(string name, T result, bool snakeCase, int number, int tries = 1)
    {
        var scheduled = Scheduled(name, number).EventId;
        var started = new ActivityTaskStartedEventAttributes { ScheduledEventId = scheduled, Attempt = tries };
        if (tries > 1)
        {
            started.LastFailure = new Failure { Message = "nobody home", ApplicationFailureInfo = new() { Type = "SiloDown" } };
        }

        Add(new HistoryEvent { EventType = EventType.ActivityTaskStarted, ActivityTaskStartedEventAttributes = started });
        var json = JsonSerializer.Serialize(result, snakeCase ? RecoupJson.Options : PascalCase);
        Add(new HistoryEvent
        {
            EventType = EventType.ActivityTaskCompleted,
            ActivityTaskCompletedEventAttributes = new() { ScheduledEventId = scheduled, Result = new() { Payloads_ = { Json(json) } } },
        });
    }

    private void Timer(TimeSpan wait, EventType end, string? signal = null)
    {
        var started = Add(new HistoryEvent { EventType = EventType.TimerStarted, TimerStartedEventAttributes = new() { StartToFireTimeout = wait.ToDuration() } });
        if (signal is not null)
        {
            Add(new HistoryEvent { EventType = EventType.WorkflowExecutionSignaled, WorkflowExecutionSignaledEventAttributes = new() { SignalName = signal } });
        }

        Add(end is EventType.TimerFired
            ? new HistoryEvent { EventType = end, TimerFiredEventAttributes = new() { StartedEventId = started.EventId } }
            : new HistoryEvent { EventType = end, TimerCanceledEventAttributes = new() { StartedEventId = started.EventId } });
    }

    private HistoryEvent Add(HistoryEvent happened)
    {
        happened.EventId = events.Count + 1;
        happened.EventTime = Start.AddSeconds(events.Count).ToTimestamp();
        events.Add(happened);
        return happened;
    }

    private static Payload Json(string json) => new() { Metadata = { ["encoding"] = ByteString.CopyFromUtf8("json/plain") }, Data = ByteString.CopyFromUtf8(json) };
}

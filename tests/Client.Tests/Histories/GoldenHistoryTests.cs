using Recoup.Client.Timelines;
using Recoup.Silo.Workflows.Timelines;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;
using Temporalio.Common;

namespace Recoup.Client.Tests.Histories;

/// <summary>Every history that the real server wrote becomes a timeline in which nothing is missing.</summary>
[TestClass]
[TestCategory("Golden")]
public sealed class GoldenHistoryTests
{
    private static readonly EventType[] Ends =
    [
        EventType.WorkflowExecutionCompleted, EventType.WorkflowExecutionFailed, EventType.WorkflowExecutionTimedOut,
        EventType.WorkflowExecutionCanceled, EventType.WorkflowExecutionTerminated,
    ];

    /// <summary>Events that open or are something of their own; each must have its one entry.</summary>
    private static readonly EventType[] Quiet =
    [
        EventType.WorkflowTaskScheduled, EventType.WorkflowTaskStarted, EventType.WorkflowTaskCompleted,
        EventType.ActivityTaskStarted, EventType.ActivityTaskCompleted, EventType.ActivityTaskFailed, EventType.ActivityTaskTimedOut,
        EventType.ActivityTaskCanceled, EventType.TimerFired, EventType.TimerCanceled,
    ];

    public static IEnumerable<object[]> Histories() =>
        Golden.FindHistories() is { } folder
            ? Directory.GetFiles(folder, "*.json").Order(StringComparer.Ordinal).Select(path => new object[] { Path.GetFileName(path) })
            : [["(../shared is not there)"]];

    [TestMethod]
    [DynamicData(nameof(Histories))]
    public void Read_HistoryOfRealServer_TellsEverythingOnce(string file)
    {
        if (Golden.FindHistories() is not { } folder)
        {
            Assert.Inconclusive("../shared/golden/temporal/histories is not there; RECOUP_SHARED can name the folder.");
            return;
        }

        var events = WorkflowHistory.FromJson("workflow", File.ReadAllText(Path.Combine(folder, file))).Events.ToList();

        var entries = HistoryTimeline.Read(events);

        Assert.HasCount(events.Count(happened => !Quiet.Contains(happened.EventType)), entries);
        Assert.AreEqual(TimelineKind.Started, entries[0].Kind);
        Assert.AreEqual(events.Count(happened => Ends.Contains(happened.EventType)), entries.Count(entry => entry.Kind is TimelineKind.Ended));
        Assert.AreEqual(events.Count(happened => happened.EventType is EventType.TimerStarted), entries.Count(entry => entry.Kind is TimelineKind.Wait));
        Assert.IsFalse(string.IsNullOrWhiteSpace(Screen.Draw(TimelineView.Render(entries), columns: 80)));
        AssertErrorsAreTold(events, entries);
    }

    private static void AssertErrorsAreTold(IEnumerable<HistoryEvent> events, IReadOnlyList<TimelineEntry> entries)
    {
        var told = string.Join('\n', entries.SelectMany(entry => entry.Details));
        foreach (var message in events.Select(MessageOf).OfType<string>().Where(message => message.Length > 0))
        {
            StringAssert.Contains(told, message);
        }
    }

    private static string? MessageOf(HistoryEvent happened) => happened.EventType switch
    {
        EventType.ActivityTaskFailed => happened.ActivityTaskFailedEventAttributes.Failure.Message,
        EventType.WorkflowTaskFailed => happened.WorkflowTaskFailedEventAttributes.Failure?.Message,
        EventType.WorkflowExecutionFailed => happened.WorkflowExecutionFailedEventAttributes.Failure.Message,
        EventType.ActivityTaskStarted => happened.ActivityTaskStartedEventAttributes.LastFailure?.Message,
        _ => null,
    };
}

using Recoup.Embedded.Temporal.Runs;
using static Recoup.Embedded.Temporal.Tests.Runs.RunScript;

namespace Recoup.Embedded.Temporal.Tests.Runs;

[TestClass]
public sealed class WorkflowTaskTests
{
    [TestMethod]
    public void Signal_WhileATaskRuns_IsWrittenAfterItsAnswerWithANewTask()
    {
        var script = new RunScript().StartTask();
        script.Do(change => Signals.Signal(change, "s", null, null, "", "1"));
        Assert.AreEqual(4, script.Run.NextEventId, "the signal waits");

        Assert.IsNull(script.Complete(Timer("1", 60)));

        Assert.AreEqual(
            "WorkflowExecutionStarted WorkflowTaskScheduled WorkflowTaskStarted WorkflowTaskCompleted TimerStarted WorkflowExecutionSignaled WorkflowTaskScheduled",
            script.Events);
        CollectionAssert.AreEqual(Enumerable.Range(1, 7).Select(id => (long)id).ToArray(), script.History.ConvertAll(each => each.EventId));
    }

    [TestMethod]
    public void Signal_WithARequestIdThatCameBefore_ChangesNothing()
    {
        var script = new RunScript();
        script.Do(change => Signals.Signal(change, "s", null, null, "", "same"));
        script.Do(change => Signals.Signal(change, "s", null, null, "", "same"));

        Assert.AreEqual("WorkflowExecutionStarted WorkflowTaskScheduled WorkflowExecutionSignaled", script.Events);
    }

    [TestMethod]
    public void Fail_SecondAttempt_IsNotInTheHistory()
    {
        var script = new RunScript().StartTask();
        script.Do(change => WorkflowTasks.Fail(change, WorkflowTaskFailedCause.NonDeterministicError, null, ""));
        script.StartTask();
        script.Do(change => WorkflowTasks.Fail(change, WorkflowTaskFailedCause.NonDeterministicError, null, ""));

        Assert.AreEqual("WorkflowExecutionStarted WorkflowTaskScheduled WorkflowTaskStarted WorkflowTaskFailed", script.Events);
        Assert.AreEqual(3, script.Run.Task!.Attempt);
    }

    [TestMethod]
    public void Complete_AThirdAttempt_WritesItsEventsWithItsNumber()
    {
        var script = new RunScript().StartTask();
        for (var attempt = 1; attempt < 3; attempt++)
        {
            script.Do(change => WorkflowTasks.Fail(change, WorkflowTaskFailedCause.NonDeterministicError, null, ""));
            script.StartTask();
        }

        Assert.IsNull(script.Complete(CompleteWorkflow()));

        Assert.AreEqual(3, script.History.Last(each => each.EventType == EventType.WorkflowTaskScheduled).WorkflowTaskScheduledEventAttributes.Attempt);
        Assert.AreEqual(WorkflowExecutionStatus.Completed, script.Run.Status);
    }

    [TestMethod]
    public void Start_AfterASignalBetweenFailedAttempts_IsATaskOfItsOwn()
    {
        var script = new RunScript().StartTask();
        script.Do(change => WorkflowTasks.Fail(change, WorkflowTaskFailedCause.NonDeterministicError, null, ""));
        script.Do(change => Signals.Signal(change, "s", null, null, "", ""));
        script.StartTask();

        Assert.AreEqual(1, script.Run.Task!.Attempt);
        StringAssert.EndsWith(script.Events, "WorkflowExecutionSignaled WorkflowTaskScheduled WorkflowTaskStarted");
    }

    [TestMethod]
    public void TimeOut_OnTheStickyQueue_GoesToTheNormalQueueAsTheSameAttempt()
    {
        var script = new RunScript().StartTask();
        script.Complete(Timer("1", 60));
        script.Do(change => change.Run.Sticky = new StickyWorker("sticky", TimeSpan.FromSeconds(5)));
        script.Do(change => Signals.Signal(change, "s", null, null, "", ""));
        Assert.AreEqual("sticky", script.Run.Task!.StickyQueue);

        script.After(TimeSpan.FromSeconds(5));

        Assert.IsNull(script.Run.Task!.StickyQueue);
        Assert.AreEqual(1, script.Run.Task.Attempt);
        StringAssert.EndsWith(script.Events, "WorkflowTaskTimedOut WorkflowTaskScheduled");
    }

    [TestMethod]
    public void Start_AtALateAttempt_GivesTheWorkerMoreTime()
    {
        var script = new RunScript().StartTask();
        for (var attempt = 1; attempt < 5; attempt++)
        {
            script.Do(change => WorkflowTasks.Fail(change, WorkflowTaskFailedCause.NonDeterministicError, null, ""));
            script.StartTask();
        }

        Assert.AreEqual(TimeSpan.FromSeconds(10 + 10), script.Run.Task!.StartToClose);
    }
}

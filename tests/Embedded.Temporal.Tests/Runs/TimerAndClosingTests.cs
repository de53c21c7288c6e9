using Recoup.Embedded.Temporal.Runs;
using static Recoup.Embedded.Temporal.Tests.Runs.RunScript;

namespace Recoup.Embedded.Temporal.Tests.Runs;

[TestClass]
public sealed class TimerAndClosingTests
{
    [TestMethod]
    public void Apply_Twice_FiresATimerOnce()
    {
        var script = new RunScript().StartTask();
        script.Complete(Timer("t", 5));
        Assert.AreEqual(script.Now.AddSeconds(5), Due.Next(script.Run));

        script.After(TimeSpan.FromSeconds(5)).After(TimeSpan.Zero);

        Assert.HasCount(1, script.History.Where(each => each.EventType == EventType.TimerFired).ToArray());
    }

    [TestMethod]
    public void CancelTimer_ThatFiredDuringTheTask_LeavesOnlyTheCancellation()
    {
        var script = new RunScript().StartTask();
        script.Complete(Timer("t", 5));
        script.Do(change => Signals.Signal(change, "s", null, null, "", ""));
        script.StartTask().After(TimeSpan.FromSeconds(5));
        Assert.IsNull(script.Complete(CancelTimer("t")));

        Assert.DoesNotContain("TimerFired", script.Events);
        StringAssert.EndsWith(script.Events, "WorkflowTaskCompleted TimerCanceled");
        Assert.IsNull(script.Run.Task, "nothing is new");
    }

    [TestMethod]
    public void RunTimeout_WhileATaskRuns_FailsTheTaskFirst()
    {
        var script = new RunScript(request => request.WorkflowRunTimeout = Duration.FromTimeSpan(TimeSpan.FromSeconds(4))).StartTask();
        script.After(TimeSpan.FromSeconds(4));

        StringAssert.EndsWith(script.Events, "WorkflowTaskStarted WorkflowTaskFailed WorkflowExecutionTimedOut");
        Assert.IsNull(Due.Next(script.Run));
    }

    [TestMethod]
    public void RunTimeout_WithARetryPolicy_StartsTheNextAttempt()
    {
        var script = new RunScript(request =>
        {
            request.WorkflowRunTimeout = Duration.FromTimeSpan(TimeSpan.FromSeconds(4));
            request.RetryPolicy = new() { MaximumAttempts = 2 };
        });
        script.After(TimeSpan.FromSeconds(4));

        var next = script.Last!.Next!.Run;
        Assert.AreEqual(2, next.Attempt);
        Assert.AreEqual(script.Now.AddSeconds(1), next.FirstTaskAt);
        Assert.AreEqual(next.RunId, script.History[^1].WorkflowExecutionTimedOutEventAttributes.NewExecutionRunId);
    }

    [TestMethod]
    public void ContinueAsNew_OfAYoungRun_WaitsTheRestOfTheSecond()
    {
        var script = new RunScript().StartTask().After(TimeSpan.FromSeconds(0.3));
        Assert.IsNull(script.Complete(new Temporalio.Api.Command.V1.Command { CommandType = CommandType.ContinueAsNewWorkflowExecution, ContinueAsNewWorkflowExecutionCommandAttributes = new() }));

        var next = script.Last!.Next!.Run;
        Assert.AreEqual(script.Now.AddSeconds(0.7), next.FirstTaskAt);
        Assert.AreEqual(script.Run.RunId, next.FirstRunId);
    }

    [TestMethod]
    public void Signal_DuringAStartDelay_DoesNotEndIt()
    {
        var script = new RunScript(request => request.WorkflowStartDelay = Duration.FromTimeSpan(TimeSpan.FromSeconds(3)));
        script.Do(change => Signals.Signal(change, "s", null, null, "", ""));
        Assert.IsNull(script.Run.Task);

        script.After(TimeSpan.FromSeconds(3));
        Assert.IsNotNull(script.Run.Task);
    }

    [TestMethod]
    public void Commands_OneRefused_NamesCauseAndMessage()
    {
        var script = new RunScript().StartTask();
        var refusal = script.Complete(Timer("1", 9), Timer("1", 9));

        Assert.AreEqual(WorkflowTaskFailedCause.StartTimerDuplicateId, refusal!.Cause);
        Assert.IsTrue(script.Run.TaskIsStarted, "the state before the commands is untouched");
        Assert.IsEmpty(script.Run.Timers);
    }
}

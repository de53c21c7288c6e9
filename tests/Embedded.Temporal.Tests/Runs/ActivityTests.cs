using Recoup.Embedded.Temporal.Runs;
using static Recoup.Embedded.Temporal.Tests.Runs.RunScript;

namespace Recoup.Embedded.Temporal.Tests.Runs;

[TestClass]
public sealed class ActivityTests
{
    private static RunScript Scheduled(Action<Temporalio.Api.Command.V1.ScheduleActivityTaskCommandAttributes>? with = null)
    {
        var script = new RunScript().StartTask();
        Assert.IsNull(script.Complete(ScheduleActivity("a", with)));
        return script;
    }

    [TestMethod]
    public void Fail_WithAttemptsLeft_WaitsAndIsHandedOutAgainWithoutAnEvent()
    {
        var script = Scheduled().StartActivity();
        var before = script.Events;
        script.Do(change => Activities.Fail(change, script.Activity, ApplicationFailure(), null, ""));

        Assert.AreEqual(before, script.Events);
        Assert.IsTrue(script.Activity.InBackoff);
        Assert.AreEqual(script.Now.AddSeconds(1), Due.Next(script.Run));

        script.After(TimeSpan.FromSeconds(1));
        CollectionAssert.AreEqual(new[] { 5L }, script.Last!.ActivitiesScheduled);
        Assert.AreEqual(2, script.Activity.Attempt);
    }

    [TestMethod]
    public void Complete_AfterAFailedAttempt_WritesOneStartedEventWithAttemptAndFailure()
    {
        var script = Scheduled().StartActivity();
        script.Do(change => Activities.Fail(change, script.Activity, ApplicationFailure(), null, ""));
        script.After(TimeSpan.FromSeconds(1)).StartActivity();
        script.Do(change => Activities.Complete(change, script.Activity, null, ""));

        var started = script.History.Single(each => each.EventType == EventType.ActivityTaskStarted);
        Assert.AreEqual(2, started.ActivityTaskStartedEventAttributes.Attempt);
        Assert.AreEqual("failed", started.ActivityTaskStartedEventAttributes.LastFailure.Message);
        Assert.AreEqual(started.EventId, script.History.Single(each => each.EventType == EventType.ActivityTaskCompleted).ActivityTaskCompletedEventAttributes.StartedEventId);
        StringAssert.EndsWith(script.Events, "ActivityTaskStarted ActivityTaskCompleted WorkflowTaskScheduled");
    }

    [TestMethod]
    [DataRow(true, 0, RetryState.NonRetryableFailure)]
    [DataRow(false, 1, RetryState.MaximumAttemptsReached)]
    public void Fail_WithoutAnotherAttempt_SaysWhy(bool nonRetryable, int attempts, RetryState expected)
    {
        var script = Scheduled(attributes => attributes.RetryPolicy = new() { MaximumAttempts = attempts }).StartActivity();
        script.Do(change => Activities.Fail(change, script.Activity, ApplicationFailure(nonRetryable: nonRetryable), null, ""));

        Assert.AreEqual(expected, script.History.Single(each => each.EventType == EventType.ActivityTaskFailed).ActivityTaskFailedEventAttributes.RetryState);
    }

    [TestMethod]
    public void TimeOut_OfTheHeartbeat_KeepsTheLastDetails()
    {
        var script = Scheduled(attributes =>
        {
            attributes.HeartbeatTimeout = Duration.FromTimeSpan(TimeSpan.FromSeconds(2));
            attributes.RetryPolicy = new() { MaximumAttempts = 1 };
        }).StartActivity();
        var details = new Payloads { Payloads_ = { Activities.JsonPayload("1") } };
        script.Do(change => Activities.Heartbeat(change, script.Activity, details));

        script.After(TimeSpan.FromSeconds(1.9));
        Assert.IsNotEmpty(script.Run.Activities, "not yet");
        script.After(TimeSpan.FromSeconds(0.1));

        var failure = script.History.Single(each => each.EventType == EventType.ActivityTaskTimedOut).ActivityTaskTimedOutEventAttributes.Failure;
        Assert.AreEqual(TimeoutType.Heartbeat, failure.TimeoutFailureInfo.TimeoutType);
        Assert.AreEqual(details, failure.TimeoutFailureInfo.LastHeartbeatDetails);
    }

    [TestMethod]
    public void TimeOut_WhenTheNextAttemptWouldComeTooLate_IsScheduleToClose()
    {
        var script = Scheduled(attributes =>
        {
            attributes.StartToCloseTimeout = Duration.FromTimeSpan(TimeSpan.FromSeconds(1));
            attributes.ScheduleToCloseTimeout = Duration.FromTimeSpan(TimeSpan.FromSeconds(1.5));
        }).StartActivity();
        script.After(TimeSpan.FromSeconds(1));

        var timedOut = script.History.Single(each => each.EventType == EventType.ActivityTaskTimedOut).ActivityTaskTimedOutEventAttributes;
        Assert.AreEqual(RetryState.Timeout, timedOut.RetryState);
        Assert.AreEqual(TimeoutType.ScheduleToClose, timedOut.Failure.TimeoutFailureInfo.TimeoutType);
    }

    [TestMethod]
    public void End_WhileATaskRuns_LearnsItsStartedIdWhenItIsWritten()
    {
        var script = Scheduled().StartActivity();
        script.Do(change => Signals.Signal(change, "s", null, null, "", ""));
        script.StartTask();
        script.Do(change => Activities.Complete(change, script.Activity, null, ""));
        Assert.IsNull(script.Complete(Timer("t", 60)));

        var started = script.History.Single(each => each.EventType == EventType.ActivityTaskStarted);
        var completed = script.History.Single(each => each.EventType == EventType.ActivityTaskCompleted);
        Assert.AreEqual(started.EventId, completed.ActivityTaskCompletedEventAttributes.StartedEventId);
        Assert.IsGreaterThan(script.History.Single(each => each.EventType == EventType.TimerStarted).EventId, started.EventId);
    }

    [TestMethod]
    public void Cancel_OfOneThatNoWorkerHas_EndsItAtOnce()
    {
        var script = new RunScript().StartTask();
        Assert.IsNull(script.Complete(ScheduleActivity("a"), new() { CommandType = CommandType.RequestCancelActivityTask, RequestCancelActivityTaskCommandAttributes = new() { ScheduledEventId = 5 } }));

        Assert.IsEmpty(script.Run.Activities);
        StringAssert.EndsWith(script.Events, "ActivityTaskScheduled ActivityTaskCancelRequested ActivityTaskCanceled WorkflowTaskScheduled");
    }
}

using CsCheck;
using Recoup.Pipeline;

namespace Recoup.Grains.Tests.Pipeline;

[TestClass]
public sealed class PipelineTransitionsTests
{
    private static readonly DateTimeOffset Now = new(2026, 9, 1, 12, 0, 0, TimeSpan.Zero);

    [TestMethod]
    public void Fire_SameSlotAgain_ChangesNothing()
    {
        var fired = new PipelineState().Fire(Now);

        Assert.AreSame(fired, fired.Fire(Now));
        Assert.AreSame(fired, fired.Fire(Now.AddHours(-1)), "A run sees all that is there: an earlier slot has nothing left to do.");
        Assert.AreEqual(new QueuedRun(Now), fired.Queued);
    }

    [TestMethod]
    public void Fire_WhileARunIsUnderWay_WaitsAndTheNewestSlotCounts()
    {
        var running = new PipelineState().Fire(Now).StartNext(Now);

        var state = running.Fire(Now.AddHours(1)).Fire(Now.AddHours(2));

        Assert.AreSame(running.Current, state.Current);
        Assert.AreEqual(2, state.QueuedNumber());
        Assert.AreEqual(Now.AddHours(2), state.End(Now).StartNext(Now).Current!.Slot);
    }

    [TestMethod]
    public void Request_WhileOneWaits_IsServedByTheSame()
    {
        var waiting = new PipelineState().Fire(Now);
        Assert.AreSame(waiting, waiting.Request());
        Assert.AreEqual(1, waiting.QueuedNumber());
    }

    [TestMethod]
    public void Slots_InAnyOrderAndNumber_StartEachAtMostOnceAndNeverGoBack() =>
        Gen.Int[0, 20].Array[0, 60].Sample(hours =>
        {
            var state = new PipelineState();
            List<DateTimeOffset> started = [];
            foreach (var hour in hours)
            {
                state = state.Fire(Now.AddHours(hour)).StartNext(Now);
                if (hour % 3 == 0 && state.Current is { } run)
                {
                    started.Add(run.Slot!.Value);
                    state = state.End(Now);
                }
            }

            CollectionAssert.AreEqual(started.Distinct().Order().ToList(), started);
        });

    [TestMethod]
    public void EndStep_StepThatEndedBefore_IsNotReplaced()
    {
        var state = new PipelineState().Request().StartNext(Now).EndStep(Step("a", true), []);
        Assert.AreSame(state, state.EndStep(Step("a", false), []));
    }

    [TestMethod]
    public void TakeUp_RunThatDiedTooOften_IsGivenUp()
    {
        var state = new PipelineState().Request().StartNext(Now).EndStep(Step("a", true), []);
        for (var times = 1; times <= PipelineTransitions.TakeUpsMax; times++)
        {
            state = state.TakeUp(Now);
            Assert.AreEqual(times, state.Current!.TakenUp);
        }

        state = state.TakeUp(Now);

        Assert.IsNull(state.Current);
        Assert.IsFalse(state.History[0].Succeeded);
        StringAssert.Contains(state.History[0].Steps[^1].Summary, "4 times");
    }

    [TestMethod]
    public void End_ManyRuns_KeepsTheNewest()
    {
        var state = Enumerable.Range(0, PipelineTransitions.HistoryMax + 5).Aggregate(new PipelineState(), (state, _) => state.Request().StartNext(Now).End(Now));
        Assert.HasCount(PipelineTransitions.HistoryMax, state.History);
        Assert.AreEqual(PipelineTransitions.HistoryMax + 5, state.History[0].Number);
    }

    private static StepResult Step(string name, bool succeeded) => new() { Name = name, Succeeded = succeeded, Summary = "", Elapsed = TimeSpan.Zero, EndedAt = Now };
}

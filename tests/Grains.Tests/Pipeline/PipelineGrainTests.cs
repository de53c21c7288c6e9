using Recoup.Grains.Tests.Clusters;
using Recoup.Pipeline;

namespace Recoup.Grains.Tests.Pipeline;

[TestClass]
public sealed class PipelineGrainTests
{
    private static readonly DateTimeOffset Slot = new(2026, 9, 1, 12, 0, 0, TimeSpan.Zero);

    [TestMethod]
    public async Task FireAsync_SameSlotManyTimesAtOnce_RunsOnce()
    {
        var step = new PlayedStep("only");
        await using var cluster = await PipelineCluster.StartAsync(new GatedStorage(), [step]);

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => cluster.Pipeline.FireAsync(Slot)));
        await cluster.EndedAsync(1);

        Assert.AreEqual(1, answers.Count(isNew => isNew));
        CollectionAssert.AreEqual(new[] { 1L }, step.Runs.ToArray());
    }

    [TestMethod]
    public async Task FireAsync_SlotsDuringARun_RunOneAtATime()
    {
        var step = new PlayedStep("only") { Gate = new TaskCompletionSource() };
        await using var cluster = await PipelineCluster.StartAsync(new GatedStorage(), [step]);
        await cluster.Pipeline.FireAsync(Slot);
        await Eventually.HoldsAsync(() => Task.FromResult(step.Runs.Count == 1), "the first run is under way");

        Assert.IsTrue(await cluster.Pipeline.FireAsync(Slot.AddHours(1)));
        Assert.AreEqual(2, await cluster.Pipeline.RequestAsync());
        Assert.AreEqual(1, (await cluster.Pipeline.GetStatusAsync()).Current!.Number, "The status is answered while a step computes.");
        step.Gate.SetResult();
        await cluster.EndedAsync(2);

        Assert.AreEqual(1, step.AtOnceMax);
        CollectionAssert.AreEqual(new[] { 1L, 2L }, step.Runs.ToArray());
    }

    [TestMethod]
    public async Task ResumeAsync_SiloDiedInTheSecondStep_GoesOnThere()
    {
        var storage = new GatedStorage();
        var (first, second) = (new PlayedStep("first"), new PlayedStep("second") { Gate = new TaskCompletionSource() });
        await using (var dies = await PipelineCluster.StartAsync(storage, [first, second]))
        {
            await dies.Pipeline.FireAsync(Slot);
            await Eventually.HoldsAsync(() => Task.FromResult(second.Runs.Count == 1), "the second step is under way");
            Assert.IsNotNull(storage.Stored<PipelineState>(IPipelineGrain.Key)!.AttentionAt, "Without a time nobody would look at it again.");
        }

        second.Gate = null;
        await using var cluster = await PipelineCluster.StartAsync(storage, [first, second]);
        await cluster.Pipeline.ResumeAsync();
        var status = await cluster.EndedAsync(1);

        Assert.HasCount(1, first.Runs);
        Assert.HasCount(2, second.Runs);
        Assert.AreEqual(1, status.History[0].TakenUp);
        Assert.IsTrue(status.History[0].Succeeded);
        Assert.IsFalse(await cluster.Pipeline.FireAsync(Slot), "The slot is done.");
        Assert.IsNull(storage.Stored<PipelineState>(IPipelineGrain.Key)!.AttentionAt);
    }

    [TestMethod]
    public async Task RequestAsync_StepThrows_IsAFailedRunAndTheOthersStillRun()
    {
        var (first, second) = (new PlayedStep("first") { Fails = "no such table" }, new PlayedStep("second"));
        await using var cluster = await PipelineCluster.StartAsync(new GatedStorage(), [first, second]);

        await cluster.Pipeline.RequestAsync();
        var run = (await cluster.EndedAsync(1)).History[0];

        Assert.IsFalse(run.Succeeded);
        StringAssert.Contains(run.Steps[0].Summary, "no such table");
        Assert.IsTrue(run.Steps[1].Succeeded);
    }

    [TestMethod]
    public async Task RequestAsync_StateCannotBeWritten_IsTakenUpFromWhatIsOnDisk()
    {
        var storage = new GatedStorage();
        var step = new PlayedStep("only") { Gate = new TaskCompletionSource() };
        await using var cluster = await PipelineCluster.StartAsync(storage, [step]);
        await cluster.Pipeline.RequestAsync();
        await Eventually.HoldsAsync(() => Task.FromResult(step.Runs.Count == 1), "the step is under way");

        storage.Failures = 1;
        step.Gate.SetResult();
        await Eventually.HoldsAsync(() => Task.FromResult(storage.Failures == 0), "the end of the step could not be saved");
        await Eventually.HoldsAsync(
            async () =>
            {
                await cluster.Pipeline.ResumeAsync();
                return (await cluster.Pipeline.GetStatusAsync()).Find(1) is { EndedAt: not null };
            },
            "another activation takes the run up");

        Assert.HasCount(2, step.Runs);
    }
}

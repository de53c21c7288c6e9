using Recoup.Client.Pipelines;
using Recoup.Pipeline;

namespace Recoup.Client.Tests.Pipelines;

[TestClass]
public sealed class PipelineScreenTests
{
    private static readonly DateTimeOffset Now = new(2026, 9, 1, 12, 0, 0, TimeSpan.Zero);

    [TestMethod]
    public void Render_NothingRanYet_SaysSo()
    {
        var drawn = Screen.Draw(PipelineScreen.Render(new PipelineStatus { Cron = "0 0 * * * ?" }, showsAll: false));

        StringAssert.Contains(drawn, "0 0 * * * ?");
        StringAssert.Contains(drawn, "last slot never");
        StringAssert.Contains(drawn, "Nothing is under way.");
        StringAssert.Contains(drawn, "No monitor has looked yet.");
    }

    [TestMethod]
    public void Render_FailedRun_NamesTheStepAndShowsOnlyWhatIsNotWell()
    {
        var status = new PipelineStatus
        {
            Cron = "0 0 * * * ?",
            LastSlot = Now,
            Current = Run(2, null),
            History = [Run(1, Now, Step("transformations", false), Step("monitors", true))],
            Readings = [Read("kafka_lag", Severity.Ok), Read("freshness", Severity.Warning)],
        };

        var drawn = Screen.Draw(PipelineScreen.Render(status, showsAll: false));

        StringAssert.Contains(drawn, "Run 2 is under way");
        StringAssert.Contains(drawn, "transformations");
        StringAssert.Contains(drawn, "FAILED");
        StringAssert.Contains(drawn, "Monitors: 1 warning, 1 ok.");
        StringAssert.Contains(drawn, "freshness");
        Assert.DoesNotContain("kafka_lag", drawn);
        StringAssert.Contains(Screen.Draw(PipelineScreen.Render(status, showsAll: true)), "kafka_lag");
    }

    [TestMethod]
    public void RenderRun_OfOneThatWasOnlyAskedFor_SaysSo() =>
        StringAssert.Contains(Screen.Draw(PipelineScreen.RenderRun(Run(3, null))), "Run 3 was asked for.");

    private static PipelineRun Run(long number, DateTimeOffset? ended, params StepResult[] steps) =>
        new() { Number = number, StartedAt = Now, EndedAt = ended, Steps = steps };

    private static StepResult Step(string name, bool succeeded) =>
        new() { Name = name, Succeeded = succeeded, Summary = "what it did", Elapsed = TimeSpan.FromSeconds(2), EndedAt = Now };

    private static Reading Read(string monitor, Severity severity) => new() { Monitor = monitor, Severity = severity, Unit = "records", Summary = "what it saw" };
}

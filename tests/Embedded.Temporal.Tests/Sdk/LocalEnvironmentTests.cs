using Temporalio.Client;
using Temporalio.Common;
using Temporalio.Testing;
using Temporalio.Worker;

namespace Recoup.Embedded.Temporal.Tests.Sdk;

/// <summary>The SDK's own test environment starts our program as if it were the real development server.</summary>
[TestClass]
[DoNotParallelize] // The SDK gives the program five seconds to start.
public sealed class LocalEnvironmentTests
{
    [TestMethod]
    public async Task StartLocal_WithOurProgram_RunsWorkflows()
    {
        await using var environment = await WorkflowEnvironment.StartLocalAsync(new()
        {
            Namespace = "elsewhere",
            SearchAttributes = [SearchAttributeKey.CreateLong("Amount")],
            DevServerOptions = new() { ExistingPath = Path.Combine(AppContext.BaseDirectory, "Recoup.Embedded.Temporal"), ExtraArgs = ["--timer-floor", "00:00:00"] },
        });
        using var worker = new TemporalWorker(environment.Client, new TemporalWorkerOptions("local").AddWorkflow<CountdownWorkflow>());

        var result = await worker.ExecuteAsync(() => environment.Client.ExecuteWorkflowAsync(
            (CountdownWorkflow workflow) => workflow.RunAsync(1, ""),
            new("countdown", "local") { TypedSearchAttributes = new SearchAttributeCollection.Builder().Set(SearchAttributeKey.CreateLong("Amount"), 5).ToSearchAttributeCollection() }));

        Assert.AreEqual("1", result);
        Assert.AreEqual("elsewhere", environment.Client.Options.Namespace);
        Assert.AreEqual(2, (await environment.Client.CountWorkflowsAsync("Amount = 5")).Count, "continuing as new carries the attribute over");
    }
}

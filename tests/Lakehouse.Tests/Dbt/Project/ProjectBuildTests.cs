using Recoup.Lakehouse.Dbt;

namespace Recoup.Lakehouse.Tests.Dbt.Project;

/// <summary>The project as it is: every model and every test of it, over bronze with everything that it has rules for.</summary>
[TestClass]
public sealed class ProjectBuildTests
{
    [TestMethod]
    public async Task Build_OnDuckDb_EveryModelAndTestPasses()
    {
        using var home = new ProjectDatabase();
        await BuildsAsync(home);
    }

    [TestMethod]
    public async Task Build_OnTheLake_EveryModelAndTestPasses()
    {
        using var home = await ProjectLake.CreateAsync();
        await BuildsAsync(home);
    }

    [TestMethod]
    public async Task Build_EmptyBronze_EveryModelAndTestPasses()
    {
        using var home = await ProjectLake.CreateAsync();

        Passed(await home.BuildAsync());
    }

    [TestMethod]
    public async Task Build_MoneyCountedTwice_FailsTheReconciliation()
    {
        using var home = new ProjectDatabase();
        const string Model = "models/intermediate/int_payment_attempts.sql";
        var sql = await File.ReadAllTextAsync(Path.Combine(home.Project.Root, Model));
        home.Project.Write(Model, sql.Replace("totals.collected_minor,", "totals.collected_minor * 2 as collected_minor,", StringComparison.Ordinal));
        await home.AppendAsync(BronzeStory.Of(seed: 1, payments: 20));

        var result = await home.BuildAsync();

        Assert.AreEqual(1, result.ExitCode);
        Assert.AreEqual("fail", result.Nodes.Single(node => node.UniqueId.Contains(".attempts_collect_what_silver_has", StringComparison.Ordinal)).Status);
    }

    /// <summary>Twice: the second build finds every table, and nothing to do.</summary>
    private static async Task BuildsAsync(ProjectHome home)
    {
        await home.AppendAsync(BronzeStory.Of(seed: 1, payments: 60));
        var first = await home.BuildAsync();
        Passed(first);
        Assert.HasCount(7, first.Nodes.Where(node => node.UniqueId.StartsWith("unit_test.", StringComparison.Ordinal)));
        var tables = await home.TablesAsync();
        Assert.IsEmpty(tables.Where(table => table.Value.Length == 0).Select(table => table.Key));

        Passed(await home.BuildAsync());

        ProjectIncrementalTests.AssertSame(tables, await home.TablesAsync());
    }

    private static void Passed(DbtRunResult result) =>
        Assert.AreEqual(0, result.ExitCode, $"{result.Error}{string.Join('\n', result.Nodes.Where(node => node.Status is not ("success" or "pass" or "skipped")))}");
}

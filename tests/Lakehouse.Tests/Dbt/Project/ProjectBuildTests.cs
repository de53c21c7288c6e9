namespace Recoup.Lakehouse.Tests.Dbt.Project;

/// <summary>The project as it is: every model and every test of it, over bronze with everything that it has rules for.</summary>
[TestClass]
public sealed class ProjectBuildTests
{
    [TestMethod]
    public async Task Build_OnDuckDb_EveryModelAndTestPasses()
    {
        using var home = new ProjectDatabase();
        await home.AppendAsync(BronzeStory.Of(seed: 1, payments: 120));

        var result = await home.BuildAsync();

        Assert.AreEqual(0, result.ExitCode, $"{result.Error}{string.Join("\n", result.Nodes.Where(node => node.Status is not ("success" or "pass" or "skipped")))}");
    }
}

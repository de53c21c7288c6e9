using Recoup.Lakehouse.Tests.Dbt.Warehouses;

namespace Recoup.Lakehouse.Tests.Dbt;

/// <summary>The same projects with the target trino, run on the lake: the SQL of models exactly as real dbt compiled it for Trino, and the statuses.</summary>
[TestClass]
[TestCategory("Golden")]
public sealed class GoldenLakeTests
{
    public static IEnumerable<object[]> Projects() => GoldenProjectTests.Projects();

    [TestMethod]
    [DynamicData(nameof(Projects))]
    public async Task RunAsync_TargetTrino_CompilesAsRealDbt(string name)
    {
        var golden = GoldenProject.Open(name);
        await using var room = new LakeRoom(isTrino: true);
        using var project = new ProjectFolder(() => room.Open(room.Lake.Catalog, room.Lake.Storage));
        project.CopyFrom(golden.ProjectFolder);
        var differences = new List<string>();
        foreach (var step in golden.Steps("trino"))
        {
            differences.AddRange(await GoldenProjectTests.RunStepAsync(golden, project, step, "trino"));
        }

        Assert.IsEmpty(differences, string.Join("\n", differences.Take(40)));
    }
}

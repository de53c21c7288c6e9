using Recoup.Lakehouse.Dbt;
using Recoup.Lakehouse.Dbt.Dialect;

namespace Recoup.Lakehouse.Tests.Dbt.Project;

/// <summary>Trino and DuckDB read the project alike.</summary>
[TestClass]
public sealed class ProjectDialectTests
{
    [TestMethod]
    public async Task Lint_CompiledModels_FindsNothing()
    {
        using var home = await ProjectLake.CreateAsync();
        await home.MakeTablesAsync();
        var result = await home.RunAsync(new DbtCommand("compile"));
        Assert.AreEqual(0, result.ExitCode, result.Error);

        var files = Directory.GetFiles(Path.Combine(home.Project.Root, "target", "compiled", "recoup"), "*.sql", SearchOption.AllDirectories);

        // Models and tests.
        Assert.IsGreaterThan(100, files.Length);
        foreach (var file in files)
        {
            Assert.IsEmpty(TrinoDialect.Lint(await File.ReadAllTextAsync(file), Path.GetFileName(file)));
        }
    }

    [TestMethod]
    public void Lint_OperatorOfDuckDbAlone_IsFound() => Assert.HasCount(1, TrinoDialect.Lint("select 'payment' ilike 'PAY%' as is_payment", "payments.sql"));
}

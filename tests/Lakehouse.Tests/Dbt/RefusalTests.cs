namespace Recoup.Lakehouse.Tests.Dbt;

/// <summary>What the embedded dbt has not is refused before anything runs, with the file and what would be right.</summary>
[TestClass]
public sealed class RefusalTests
{
    private const string Profiles = "gold:\n  target: d\n  outputs:\n    d: {type: duckdb, path: gold.duckdb, schema: main}\n";

    [TestMethod]
    [DataRow("snapshots/s.sql", "{% snapshot s %}select 1{% endsnapshot %}", "snapshots/s.sql, line 1")]
    [DataRow("snapshots/s.yml", "snapshots:\n  - name: s\n", "'snapshots' is not supported by the embedded dbt (snapshots/s.yml")]
    [DataRow("packages.yml", "packages: []", "packages.yml, line 1")]
    [DataRow("models/a.py", "def model(dbt, session): return 1", "models/a.py, line 1")]
    [DataRow("models/a.sql", "\n{{ config(post_hook='select 1') }}select 1 as x", "'post-hook' is not supported by the embedded dbt (models/a.sql, line 1)")]
    [DataRow("models/a.sql", "{{ config(contract={'enforced': true}) }}select 1 as x", "models/a.sql, line 1")]
    [DataRow("models/a.sql", "{{ config(materialized='materialized_view') }}select 1 as x", "models/a.sql, line 1")]
    [DataRow("macros/m.sql", "\n\n{% materialization mine, default %}{% endmaterialization %}", "macros/m.sql, line 3")]
    public async Task RunAsync_NotSupported_IsRefusedByNameFileAndLine(string file, string text, string named)
    {
        using var project = new ProjectFolder();
        project.Write("dbt_project.yml", "name: gold\nversion: '1.0'\nprofile: gold\n");
        project.Write("profiles.yml", Profiles);
        project.Write("models/first.sql", "select 1 as x");
        project.Write(file, text);

        var result = await project.RunAsync("build");

        Assert.AreEqual(2, result.ExitCode, result.Error);
        Assert.Contains("is not supported by the embedded dbt", result.Error!);
        Assert.Contains(named, result.Error!);
        Assert.IsFalse(File.Exists(Path.Combine(project.Root, "gold.duckdb")), "nothing ran");
    }
}

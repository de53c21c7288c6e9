using Recoup.Lakehouse.Dbt;
using Recoup.Lakehouse.Dbt.Cli;

namespace Recoup.Lakehouse.Tests.Dbt;

/// <summary>The runner that starts the executable, against a script in its place.</summary>
[TestClass]
[OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
public sealed class CliDbtRunnerTests
{
    // Writes its arguments and one result to the target folder, which is the last argument.
    private const string Script = """
        #!/bin/sh
        for target; do :; done
        echo "$@"
        cat > "$target/run_results.json" <<'RESULTS'
        {"results": [{"unique_id": "model.gold.a", "status": "error", "message": "no", "failures": null, "execution_time": 0.5, "adapter_response": {"rows_affected": 3}}]}
        RESULTS
        exit 1
        """;

    [TestMethod]
    public async Task RunAsync_Failed_GivesWhatDbtWrote()
    {
        using var project = new ProjectFolder();
        var runner = Runner(project, Script);

        var result = await runner.RunAsync(new DbtCommand("build") { Select = ["tag:a", "b+"], FullRefresh = true, Variables = new Dictionary<string, object?> { ["v"] = 2 } });

        Assert.AreEqual(1, result.ExitCode);
        Assert.AreEqual(new DbtNodeResult("model.gold.a", "error", "no", null, 3, TimeSpan.FromSeconds(0.5)), result.Nodes.Single());
        Assert.Contains("build --select tag:a b+ --full-refresh --vars {\"v\":2} --target prod --profiles-dir", result.Console[0]);
    }

    [TestMethod]
    public async Task RunAsync_Cancelled_KillsTheProcess()
    {
        using var project = new ProjectFolder();
        using var cancel = new CancellationTokenSource();
        var run = Runner(project, "#!/bin/sh\ntouch started\nexec sleep 600\n").RunAsync(new DbtCommand("build"), null, cancel.Token);
        await Task.Run(() => SpinWait.SpinUntil(() => File.Exists(Path.Combine(project.Root, "started")) || run.IsCompleted));

        await cancel.CancelAsync();

        await Assert.ThrowsAsync<OperationCanceledException>(() => run);
    }

    private static CliDbtRunner Runner(ProjectFolder project, string script)
    {
        project.Write("dbt", script);
        var file = Path.Combine(project.Root, "dbt");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.UserWrite);
        }

        return new CliDbtRunner(new DbtOptions { ProjectFolder = project.Root, Executable = file, Target = "prod" }, TimeProvider.System);
    }
}

using System.Diagnostics;
using Recoup.Lakehouse.Dbt.CommandLine;

namespace Recoup.Lakehouse.Dbt.Cli;

/// <summary>Runs the <c>dbt</c> executable, and reads what it wrote of its results.</summary>
internal sealed class CliDbtRunner(DbtOptions options, TimeProvider clock) : IDbtRunner
{
    public async Task<DbtRunResult> RunAsync(DbtCommand command, IProgress<DbtNodeResult>? progress = null, CancellationToken cancellation = default)
    {
        var started = clock.GetTimestamp();
        var target = Directory.CreateTempSubdirectory("dbt-target-").FullName;
        try
        {
            var ended = await ExecuteAsync(command, target, cancellation);
            var nodes = RunResultsReader.Read(Path.Combine(target, command.Verb == "source freshness" ? "sources.json" : "run_results.json"));
            nodes.ToList().ForEach(node => progress?.Report(node));
            var isList = command.Verb is "ls" or "list";
            return new DbtRunResult(ended.ExitCode, nodes, clock.GetElapsedTime(started), ended.ExitCode == 2 ? ended.Console : null)
            {
                Names = isList ? [.. Lines(ended.Console).Order(StringComparer.Ordinal)] : [],
                Console = isList ? [] : Lines(ended.Console),
            };
        }
        finally
        {
            Directory.Delete(target, recursive: true);
        }
    }

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private async Task<(int ExitCode, string Console)> ExecuteAsync(DbtCommand command, string target, CancellationToken cancellation)
    {
        using var process = Process.Start(StartInfo(command, target))
            ?? throw new InvalidOperationException($"{options.Executable} could not be started.");
        var output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        var errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        try
        {
            await process.WaitForExitAsync(cancellation);
        }
        catch (OperationCanceledException)
        {
            // dbt cancels its open statements when it is told to end; killed with its children it cannot write on.
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
            throw;
        }

        return (process.ExitCode, $"{await output}{await errors}");
    }

    private ProcessStartInfo StartInfo(DbtCommand command, string target)
    {
        var start = new ProcessStartInfo(options.Executable)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetFullPath(options.ProjectFolder),
        };
        string[] list = command.Verb is "ls" or "list" ? ["--output", "name", "--quiet"] : [];
        string[] own = command.Target is null && options.Target is { } configured ? ["--target", configured] : [];
        string[] all =
        [
            "--no-use-colors", "--no-send-anonymous-usage-stats", .. DbtWords.Write(command), .. list, .. own,
            "--profiles-dir", Path.GetFullPath(options.Profiles), "--target-path", target,
        ];
        all.ToList().ForEach(start.ArgumentList.Add);
        return start;
    }
}

using System.CommandLine;
using Recoup.Client.CommandLine;
using Recoup.Client.Terminals;
using Recoup.Lakehouse.Dbt;
using Recoup.Lakehouse.FlinkSql.Linting;
using Spectre.Console;

namespace Recoup.Client.Lint;

/// <summary>
/// <c>lint [folder]</c>: what Flink and the embedded engine would read differently; in a dbt project, what Trino and DuckDB
/// would. With file, line and remedy.
/// </summary>
internal sealed class LintCommand : ConsoleCommand
{
    private static readonly string[] Shipped = ["flink", "dbt"];

    private readonly Argument<string?> folder = new("folder")
    {
        Description = "A folder with Flink SQL (*.sql), or a dbt project; flink and dbt unless given.",
        DefaultValueFactory = _ => null,
    };

    public LintCommand()
        : base("lint", "Check Flink SQL and dbt models for what the real and the embedded engine would read differently.") => Add(folder);

    public override IReadOnlyList<string> Examples => ["lint", "lint ./flink --json", "lint ./dbt"];

    protected override async Task<int> RunAsync(ParseResult arguments, Terminal terminal, CancellationToken cancellationToken)
    {
        List<object> findings = [];
        List<string> looked = [];
        foreach (var path in arguments.GetValue(folder) is { } named ? [named] : Shipped)
        {
            var (what, found) = File.Exists(Path.Combine(path, "dbt_project.yml")) ? await CheckProjectAsync(path, cancellationToken) : CheckScripts(path);
            findings.AddRange(found);
            looked.Add(what);
        }

        Report(findings, string.Join(", ", looked), terminal);
        return findings.Count == 0 ? ExitCodes.Success : ExitCodes.Failure;
    }

    private static (string Looked, IEnumerable<object> Findings) CheckScripts(string path)
    {
        if (!Directory.Exists(path) || Directory.GetFiles(path, "*.sql").Length == 0)
        {
            throw new CommandFailedException($"There are no *.sql in '{path}', and it is no dbt project.", "Run it at the root of the repository, or name the folder: lint ./flink.");
        }

        return ($"{Directory.GetFiles(path, "*.sql").Length} scripts", ScriptLint.CheckFolder(path));
    }

    private static async Task<(string Looked, IEnumerable<object> Findings)> CheckProjectAsync(string path, CancellationToken cancellationToken)
    {
        var lint = await DbtProjectLint.CheckAsync(path, cancellationToken);
        return lint.Error is { } error
            ? throw new CommandFailedException($"The project in '{path}' cannot be compiled: {error}", "Mend it, then lint again.")
            : ($"{lint.Files} compiled models and tests", lint.Findings);
    }

    private static void Report(List<object> findings, string looked, Terminal terminal)
    {
        if (terminal.IsJson)
        {
            terminal.WriteJson(new { Findings = findings });
            return;
        }

        foreach (var finding in findings)
        {
            terminal.Screen.Write(new Text($"{finding}\n"));
        }

        terminal.Screen.Write(new Text($"{looked}: {findings.Count} findings.\n"));
    }
}

using System.CommandLine;
using Recoup.Client.CommandLine;
using Recoup.Client.Terminals;
using Recoup.Lakehouse.Dbt.Dialect;
using Recoup.Lakehouse.FlinkSql.Linting;
using Spectre.Console;

namespace Recoup.Client.Lint;

/// <summary>
/// <c>lint [folder]</c>: what Flink and the embedded engine would read differently; in a dbt project, what Trino and DuckDB
/// would. With file, line and remedy.
/// </summary>
internal sealed class LintCommand : ConsoleCommand
{
    private readonly Argument<string> folder = new("folder") { Description = "A folder with Flink SQL (*.sql), or a dbt project.", DefaultValueFactory = _ => "flink" };

    public LintCommand()
        : base("lint", "Check Flink SQL, or a compiled dbt project, for what the real and the embedded engine would read differently.") => Add(folder);

    public override IReadOnlyList<string> Examples => ["lint", "lint ./flink --json", "lint ./dbt"];

    protected override Task<int> RunAsync(ParseResult arguments, Terminal terminal, CancellationToken cancellationToken)
    {
        var path = arguments.GetRequiredValue(folder);
        return Task.FromResult(File.Exists(Path.Combine(path, "dbt_project.yml")) ? CheckProject(path, terminal) : CheckScripts(path, terminal));
    }

    private static int CheckScripts(string path, Terminal terminal)
    {
        if (!Directory.Exists(path) || Directory.GetFiles(path, "*.sql").Length == 0)
        {
            throw new CommandFailedException($"There are no *.sql in '{path}'.", "Run it at the root of the repository, or name the folder: lint ./flink.");
        }

        return Report(ScriptLint.CheckFolder(path), $"{Directory.GetFiles(path, "*.sql").Length} scripts", terminal);
    }

    /// <summary>Models carry Jinja: their SQL is what the last compile left.</summary>
    private static int CheckProject(string path, Terminal terminal)
    {
        var compiled = Path.Combine(path, "target", "compiled");
        var files = Directory.Exists(compiled) ? Directory.GetFiles(compiled, "*.sql", SearchOption.AllDirectories).Length : 0;
        return files > 0
            ? Report(DialectLint.CheckFolder(compiled), $"{files} compiled files", terminal)
            : throw new CommandFailedException($"There is no compiled SQL in '{compiled}'.", "Compile the project first: dbt compile.");
    }

    private static int Report<T>(IReadOnlyList<T> findings, string looked, Terminal terminal)
    {
        if (terminal.IsJson)
        {
            terminal.WriteJson(new { Findings = findings });
        }
        else
        {
            foreach (var finding in findings)
            {
                terminal.Screen.Write(new Text($"{finding}\n"));
            }

            terminal.Screen.Write(new Text($"{looked}, {findings.Count} findings.\n"));
        }

        return findings.Count == 0 ? ExitCodes.Success : ExitCodes.Failure;
    }
}

using System.CommandLine;
using Recoup.Client.CommandLine;
using Recoup.Client.Terminals;
using Recoup.Lakehouse.FlinkSql.Linting;
using Spectre.Console;

namespace Recoup.Client.Lint;

/// <summary><c>lint [folder]</c>: what Flink and the embedded engine would read differently, with file, line and remedy.</summary>
internal sealed class LintCommand : ConsoleCommand
{
    private readonly Argument<string> folder = new("folder") { Description = "A folder with Flink SQL (*.sql).", DefaultValueFactory = _ => "flink" };

    public LintCommand()
        : base("lint", "Check Flink SQL for what Flink and the embedded engine would read differently.") => Add(folder);

    public override IReadOnlyList<string> Examples => ["lint", "lint ./flink --json"];

    protected override Task<int> RunAsync(ParseResult arguments, Terminal terminal, CancellationToken cancellationToken)
    {
        var path = arguments.GetRequiredValue(folder);
        if (!Directory.Exists(path) || Directory.GetFiles(path, "*.sql").Length == 0)
        {
            throw new CommandFailedException($"There are no *.sql in '{path}'.", "Run it at the root of the repository, or name the folder: lint ./flink.");
        }

        var findings = ScriptLint.CheckFolder(path);
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

            terminal.Screen.Write(new Text($"{Directory.GetFiles(path, "*.sql").Length} scripts, {findings.Count} findings.\n"));
        }

        return Task.FromResult(findings.Count == 0 ? ExitCodes.Success : ExitCodes.Failure);
    }
}

using System.CommandLine;
using System.CommandLine.Invocation;
using Recoup.Client.Alerts;
using Recoup.Client.Customers;
using Recoup.Client.Demo;
using Recoup.Client.Events;
using Recoup.Client.Gold;
using Recoup.Client.Histories;
using Recoup.Client.Lint;
using Recoup.Client.Payments;
using Recoup.Client.Pipelines;
using Recoup.Client.Quarantine;
using Recoup.Client.Queries;
using Recoup.Client.Replay;
using Recoup.Client.Simulate;

namespace Recoup.Client.CommandLine;

/// <summary>The console's commands, and how one command line is run.</summary>
internal static class RecoupCommandLine
{
    public static RootCommand Create(EnvironmentSettings settings)
    {
        var root = new RootCommand("Recoup recovers failed card payments. This console drives it and shows what it does.")
        {
            new DemoCommand(settings),
            new SimulateCommand(settings),
            new ReplayCommand(settings),
            new PaymentCommand(settings),
            new CustomerCommand(settings),
            new HistoryCommand(settings),
            new EventsCommand(settings),
            new QueryCommand(settings),
            new QuarantineCommand(settings),
            new GoldCommand(settings),
            new PipelineCommand(settings),
            new AlertsCommand(settings),
            new LintCommand(),
        };
        foreach (var later in LaterCommands.All())
        {
            root.Add(later);
        }

        ExamplesHelp.AddTo(root);
        return root;
    }

    /// <returns>The exit code: 0 only on success.</returns>
    public static async Task<int> RunAsync(string[] arguments, TextWriter output, TextWriter error, EnvironmentSettings settings)
    {
        var parsed = Create(settings).Parse(arguments);
        if (parsed.Action is ParseErrorAction)
        {
            return WriteUsageErrors(parsed, error);
        }

        var configuration = new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = TimeSpan.FromSeconds(30) };
        return await parsed.InvokeAsync(configuration);
    }

    private static int WriteUsageErrors(ParseResult parsed, TextWriter error)
    {
        // A misspelt command is also a missing one: the first says more.
        var messages = parsed.Errors.Select(mistake => mistake.Message).ToList();
        foreach (var message in parsed.UnmatchedTokens.Count > 0 && messages.Count > 1 ? messages.Skip(1) : messages)
        {
            error.WriteLine(message);
        }

        error.WriteLine($"See: dotnet run --project src/Client -- {PathOf(parsed.CommandResult.Command)}--help");
        return ExitCodes.Usage;
    }

    /// <summary>The command's name behind those of the commands that it is a part of, each with a blank.</summary>
    private static string PathOf(Command command) =>
        command is RootCommand ? "" : string.Concat(command.Parents.OfType<Command>().Select(PathOf)) + command.Name + " ";
}

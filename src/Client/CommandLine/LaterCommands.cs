using System.CommandLine;

namespace Recoup.Client.CommandLine;

/// <summary>Commands whose stage is not built yet. They are refused by name, so that nobody takes a missing command for a misspelt one.</summary>
internal static class LaterCommands
{
    /// <summary>Each command and what it waits for.</summary>
    private static readonly (string Name, string WaitsFor)[] Waiting =
    [
        ("model", "the learned retry strategy"),
    ];

    public static IEnumerable<Command> All() => Waiting.Select(later => Refusing(later.Name, later.WaitsFor));

    private static Command Refusing(string name, string waitsFor)
    {
        // Whatever follows the name belongs to a command that cannot read it yet.
        var command = new Command(name, $"Not available yet: it comes with {waitsFor}.") { Hidden = true, TreatUnmatchedTokensAsErrors = false };
        command.SetAction(arguments =>
        {
            arguments.InvocationConfiguration.Error.WriteLine($"'{name}' is not available yet: it comes with {waitsFor}.");
            arguments.InvocationConfiguration.Error.WriteLine("See --help for the commands that are.");
            return ExitCodes.Failure;
        });
        return command;
    }
}

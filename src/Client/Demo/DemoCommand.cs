using System.CommandLine;
using Recoup.Client.CommandLine;
using Recoup.Client.Terminals;

namespace Recoup.Client.Demo;

/// <summary><c>demo</c>.</summary>
internal sealed class DemoCommand() : ConsoleCommand("demo", "The main job in one command.")
{
    public override IReadOnlyList<string> Examples => ["demo"];

    protected override Task<int> RunAsync(ParseResult arguments, Terminal terminal, CancellationToken cancellationToken) =>
        throw new CommandFailedException("demo waits for the silo.");
}

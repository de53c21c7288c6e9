using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Recoup.Client.CommandLine;

/// <summary>Help as the library writes it, and the command's examples after it.</summary>
internal sealed class ExamplesHelp(HelpAction help) : SynchronousCommandLineAction
{
    private const string Program = "dotnet run --project src/Client --";

    public override bool ClearsParseErrors => true;

    public static void AddTo(RootCommand root)
    {
        var option = root.Options.OfType<HelpOption>().Single();
        option.Action = new ExamplesHelp((HelpAction)option.Action!);
    }

    public override int Invoke(ParseResult parseResult)
    {
        var code = help.Invoke(parseResult);
        var examples = parseResult.CommandResult.Command switch
        {
            ConsoleCommand command => command.Examples,
            RootCommand => ["demo", "demo --serve", "simulate --payments 500", "payment --help"],
            _ => [],
        };
        if (examples.Count > 0)
        {
            var output = parseResult.InvocationConfiguration.Output;
            output.WriteLine("Examples:");
            output.WriteLine(string.Join(Environment.NewLine, examples.Select(example => $"  {Program} {example}")));
            output.WriteLine();
        }

        return code;
    }
}

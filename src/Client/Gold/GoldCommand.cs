using System.CommandLine;
using Recoup.Client.CommandLine;
using Recoup.Client.Connections;
using Recoup.Client.Queries;
using Recoup.Client.Terminals;

namespace Recoup.Client.Gold;

/// <summary><c>gold [table]</c>: a gold table, or all of them with their rows and the money that came back.</summary>
internal sealed class GoldCommand : ConsoleCommand
{
    private readonly Argument<string?> table = new("table")
    {
        Description = "A table of gold, such as payment_recovery; all of them when it is left out.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<string> format = QueryOutput.Format();
    private readonly Option<Uri> url;

    public GoldCommand(EnvironmentSettings settings)
        : base("gold", "Show what the transformations made: a gold table, or an overview of all.")
    {
        url = ConnectionOptions.Url(settings);
        Add(table);
        Add(format);
        Add(url);
    }

    public override IReadOnlyList<string> Examples => ["gold", "gold payment_recovery", "gold pipeline_monitors --format csv", "gold fct_payments --format arrow > payments.arrow"];

    protected override async Task<int> RunAsync(ParseResult arguments, Terminal terminal, CancellationToken cancellationToken)
    {
        using var query = new LakeQuery(arguments.GetRequiredValue(url));
        var counts = await GoldTables.CountAsync(query, cancellationToken);
        if (arguments.GetValue(table) is { } name)
        {
            await ShowAsync(query, Known(name, counts), arguments, terminal, cancellationToken);
        }
        else if (terminal.IsJson)
        {
            terminal.WriteJson(counts);
        }
        else
        {
            terminal.Screen.Write(GoldScreen.Overview(counts, await GoldTables.RecoveredAsync(query, counts, cancellationToken)));
        }

        return ExitCodes.Success;
    }

    private async Task ShowAsync(LakeQuery query, string name, ParseResult arguments, Terminal terminal, CancellationToken cancellationToken)
    {
        var output = arguments.InvocationConfiguration.Output;
        await QueryOutput.WriteAsync(query, $"select * from gold.{name}", arguments.GetRequiredValue(format), terminal, output, cancellationToken);
    }

    /// <summary>Only a name that the lake has comes into the statement.</summary>
    private static string Known(string name, IReadOnlyDictionary<string, long> counts) => counts.ContainsKey(name)
        ? name
        : throw new CommandFailedException(
            $"There is no table gold.{name}.",
            counts.Count > 0 ? $"There are: {string.Join(", ", counts.Keys)}." : "The transformations have not run yet: pipeline run.");
}

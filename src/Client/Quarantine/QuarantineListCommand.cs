using System.CommandLine;
using Recoup.Client.CommandLine;
using Recoup.Client.Connections;
using Recoup.Client.Terminals;

namespace Recoup.Client.Quarantine;

/// <summary><c>quarantine list</c>: how many rows there are by table and reason, and the newest of them.</summary>
internal sealed class QuarantineListCommand : ConsoleCommand
{
    private readonly FilterOptions filter = new();
    private readonly Option<int> limit = Numbers.Positive("--limit", "Rows shown; all are counted.", 20);
    private readonly Option<Uri> url;
    private readonly EnvironmentSettings settings;

    public QuarantineListCommand(EnvironmentSettings settings)
        : base("list", "Count the quarantined rows by table and reason, and show the newest.")
    {
        this.settings = settings;
        url = ConnectionOptions.Url(settings);
        filter.AddTo(this);
        Add(limit);
        Add(url);
    }

    public override IReadOnlyList<string> Examples =>
    [
        "quarantine list",
        "quarantine list --table payment_charges --reason missing_currency --since 2h",
        "quarantine list --limit 1000 --json",
    ];

    protected override async Task<int> RunAsync(ParseResult arguments, Terminal terminal, CancellationToken cancellationToken)
    {
        using var silo = new SiloHttp(arguments.GetRequiredValue(url), settings);
        var reader = new QuarantineReader(silo);
        var wanted = filter.Read(arguments);
        var counts = await reader.CountAsync(wanted, cancellationToken);
        var rows = await reader.ListAsync(wanted, arguments.GetValue(limit), cancellationToken);
        if (terminal.IsJson)
        {
            terminal.WriteJson(new { Total = counts.Sum(count => count.Rows), Counts = counts, Rows = rows });
        }
        else
        {
            terminal.Screen.Write(QuarantineScreen.Render(counts, rows));
        }

        return ExitCodes.Success;
    }
}

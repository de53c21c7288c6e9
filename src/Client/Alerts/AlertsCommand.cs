using System.CommandLine;
using Recoup.Client.CommandLine;
using Recoup.Client.Connections;
using Recoup.Client.Terminals;
using Recoup.Pipeline;

namespace Recoup.Client.Alerts;

/// <summary><c>alerts</c>: what was raised, what is over.</summary>
internal sealed class AlertsCommand : ConsoleCommand
{
    private readonly Option<HostAndPort> gateway;
    private readonly Option<bool> all = new("--all") { Description = "Show those that are over, too." };

    public AlertsCommand(EnvironmentSettings settings)
        : base("alerts", "Show the alerts that are open: what was seen, the threshold, the query to look deeper.")
    {
        gateway = ConnectionOptions.Gateway(settings);
        Add(gateway);
        Add(all);
    }

    public override IReadOnlyList<string> Examples => ["alerts", "alerts --all", "alerts --json"];

    protected override async Task<int> RunAsync(ParseResult arguments, Terminal terminal, CancellationToken cancellationToken)
    {
        var silo = arguments.GetRequiredValue(gateway);
        var known = await SiloConnection.AskAsync(silo, grains => grains.GetGrain<IAlertGrain>(IAlertGrain.Key).ListAsync(), cancellationToken);
        var shown = known.Where(alert => alert.IsOpen || arguments.GetValue(all)).ToList();
        if (terminal.IsJson)
        {
            terminal.WriteJson(shown);
        }
        else
        {
            terminal.Screen.Write(AlertsScreen.Render(shown));
        }

        return ExitCodes.Success;
    }
}

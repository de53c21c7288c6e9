using System.CommandLine;
using Recoup.Client.CommandLine;
using Recoup.Client.Connections;
using Recoup.Client.Terminals;
using Recoup.Pipeline;

namespace Recoup.Client.Pipelines;

/// <summary><c>pipeline status</c>: what runs, what ran, what the monitors saw.</summary>
internal sealed class PipelineStatusCommand : ConsoleCommand
{
    private readonly Option<HostAndPort> gateway;
    private readonly Option<bool> all = new("--all") { Description = "Show every reading, and not only those that are not well." };

    public PipelineStatusCommand(EnvironmentSettings settings)
        : base("status", "Show the pipeline's health: the run that is under way, the runs before it, what the monitors saw.")
    {
        gateway = ConnectionOptions.Gateway(settings);
        Add(gateway);
        Add(all);
    }

    public override IReadOnlyList<string> Examples => ["pipeline status", "pipeline status --all", "pipeline status --json"];

    protected override async Task<int> RunAsync(ParseResult arguments, Terminal terminal, CancellationToken cancellationToken)
    {
        var silo = arguments.GetRequiredValue(gateway);
        var status = await SiloConnection.AskAsync(silo, grains => grains.GetGrain<IPipelineGrain>(IPipelineGrain.Key).GetStatusAsync(), cancellationToken);
        if (terminal.IsJson)
        {
            terminal.WriteJson(status);
        }
        else
        {
            terminal.Screen.Write(PipelineScreen.Render(status, showsAll: arguments.GetValue(all)));
        }

        return ExitCodes.Success;
    }
}

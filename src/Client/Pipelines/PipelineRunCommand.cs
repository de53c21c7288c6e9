using System.CommandLine;
using Recoup.Client.CommandLine;
using Recoup.Client.Connections;
using Recoup.Client.Terminals;
using Recoup.Pipeline;
using Spectre.Console;

namespace Recoup.Client.Pipelines;

/// <summary><c>pipeline run</c>: a run now, and its end. Exit code 1 when a step of it failed.</summary>
internal sealed class PipelineRunCommand : ConsoleCommand
{
    private readonly Option<HostAndPort> gateway;
    private readonly Option<bool> noWait = new("--no-wait") { Description = "Ask for the run and do not wait for its end." };

    public PipelineRunCommand(EnvironmentSettings settings)
        : base("run", "Run the pipeline now, or after the run that is under way, and wait for its end.")
    {
        gateway = ConnectionOptions.Gateway(settings);
        Add(gateway);
        Add(noWait);
    }

    public override IReadOnlyList<string> Examples => ["pipeline run", "pipeline run --json", "pipeline run --no-wait"];

    protected override async Task<int> RunAsync(ParseResult arguments, Terminal terminal, CancellationToken cancellationToken)
    {
        var silo = arguments.GetRequiredValue(gateway);
        var run = await SiloConnection.AskAsync(silo, grains => RunAsync(grains, arguments.GetValue(noWait), terminal, cancellationToken), cancellationToken);
        if (terminal.IsJson)
        {
            terminal.WriteJson(run);
        }
        else
        {
            terminal.Screen.Write(PipelineScreen.RenderRun(run));
        }

        return run is { EndedAt: not null, Succeeded: false } ? ExitCodes.Failure : ExitCodes.Success;
    }

    private static async Task<PipelineRun> RunAsync(IGrainFactory grains, bool noWait, Terminal terminal, CancellationToken cancellationToken)
    {
        var number = await grains.GetGrain<IPipelineGrain>(IPipelineGrain.Key).RequestAsync();
        if (noWait)
        {
            return await PipelineWait.FindAsync(grains, number) ?? new PipelineRun { Number = number, StartedAt = default };
        }

        var waiting = PipelineWait.ForAsync(grains, number, cancellationToken);
        await LiveScreen.ShowAsync(terminal, () => new Text($"Run {number} of the pipeline is under way ...", new Style(Color.Grey)), waiting);
        return await waiting;
    }
}

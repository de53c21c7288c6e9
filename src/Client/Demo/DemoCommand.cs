using System.CommandLine;
using Recoup.Client.CommandLine;
using Recoup.Client.Simulate.Injection;
using Recoup.Client.Terminals;
using Spectre.Console;

namespace Recoup.Client.Demo;

/// <summary><c>demo</c>: the main job in one command, on a silo in this process.</summary>
internal sealed class DemoCommand : ConsoleCommand
{
    private readonly Option<int> payments = Numbers.Positive("--payments", "How many payments.", 500);
    private readonly Option<double?> scale = Numbers.PositiveRate("--scale", $"Business seconds a wall second; {DemoPlan.DefaultScale:0} unless given, ten hours a second.");
    private readonly Option<int?> seed = new("--seed") { HelpName = "n", Description = "The simulated world's seed, to repeat a run; random unless given." };
    private readonly Option<string?> data = new("--data") { HelpName = "folder", Description = "Keep the data in this folder; a temporary one is removed at the end." };
    private readonly Option<bool> serve = new("--serve") { Description = "Leave the silo running afterwards, until Ctrl-C." };
    private readonly Option<double> badRecords = BadRecordOption.Create();
    private readonly EnvironmentSettings settings;

    public DemoCommand(EnvironmentSettings settings)
        : base("demo", "The main job in one command: start a silo here, simulate payments, recover the failed ones at a fast clock, and show what happened.")
    {
        this.settings = settings;
        foreach (var option in new Option[] { payments, scale, seed, data, badRecords, serve })
        {
            Add(option);
        }
    }

    public override IReadOnlyList<string> Examples => ["demo", "demo --payments 2000 --seed 7", "demo --serve --data ./demo-data", "demo --json"];

    protected override async Task<int> RunAsync(ParseResult arguments, Terminal terminal, CancellationToken cancellationToken)
    {
        var plan = new DemoPlan
        {
            Payments = arguments.GetValue(payments),
            BadRecords = arguments.GetValue(badRecords),
            Scale = arguments.GetValue(scale) ?? DemoPlan.DefaultScale,
            Seed = arguments.GetValue(seed),
            DataFolder = arguments.GetValue(data),
            Serves = arguments.GetValue(serve),
        };
        using var log = new HeldLog();
        try
        {
            await using var silo = await StartAsync(plan, terminal, log, cancellationToken);
            var result = await PlayAsync(plan, silo, terminal, cancellationToken);
            if (plan.Serves)
            {
                await ServeAsync(silo, terminal, cancellationToken);
            }

            return result.IsGood ? ExitCodes.Success : ExitCodes.Failure;
        }
        finally
        {
            log.WriteTo(arguments.InvocationConfiguration.Error);
        }
    }

    private async Task<DemoSilo> StartAsync(DemoPlan plan, Terminal terminal, HeldLog log, CancellationToken cancellationToken)
    {
        var starting = DemoSilo.StartAsync(plan, settings, log, cancellationToken);
        await LiveScreen.ShowAsync(terminal, () => new Text("Starting the silo: actors, workflows, storage, HTTP ...", new Style(Color.Grey)), starting);
        var silo = await starting;
        if (!terminal.IsJson)
        {
            terminal.Screen.Write(DemoAddresses.Render(silo));
        }

        return silo;
    }

    private static async Task<DemoResult> PlayAsync(DemoPlan plan, DemoSilo silo, Terminal terminal, CancellationToken cancellationToken)
    {
        using var run = await DemoRun.PrepareAsync(plan, silo);
        await LiveScreen.ShowAsync(
            terminal,
            () => DemoScreen.Render(plan, run.Simulation.Snapshot(), run.BusinessNow, run.BusinessTime, run.News.Lines),
            run.PlayAsync(cancellationToken));
        var concluding = run.ConcludeAsync(cancellationToken);
        await LiveScreen.ShowAsync(terminal, () => new Text("Validating the last events, building silver and gold ...", new Style(Color.Grey)), concluding);
        var result = await concluding;
        if (terminal.IsJson)
        {
            terminal.WriteJson(DemoReport.Of(result));
        }
        else
        {
            terminal.Screen.Write(DemoSummary.Render(result));
        }

        return result;
    }

    private static Task ServeAsync(DemoSilo silo, Terminal terminal, CancellationToken cancellationToken)
    {
        if (!terminal.IsJson)
        {
            terminal.Screen.Write(DemoAddresses.RenderServing(silo));
        }

        return silo.WaitForShutdownAsync(cancellationToken);
    }
}

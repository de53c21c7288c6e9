using System.CommandLine;
using Recoup.Client.CommandLine;
using Recoup.Client.Connections;
using Recoup.Client.Simulate.Injection;
using Recoup.Client.Terminals;
using Recoup.Simulation;
using Spectre.Console;

namespace Recoup.Client.Simulate;

/// <summary><c>simulate</c>: load against a running silo, from a process of its own.</summary>
internal sealed class SimulateCommand : ConsoleCommand
{
    private readonly Option<int> payments = Numbers.Positive("--payments", "How many orders to place.", 1_000);
    private readonly Option<double?> rate = Numbers.PositiveRate("--rate", "Orders a second on average; without it as fast as they are acknowledged.");
    private readonly Option<int?> seed = new("--seed") { HelpName = "n", Description = "The world's seed that is expected; the silo's Gateway__Seed decides, and another one is refused." };
    private readonly Option<long> first = new("--first") { HelpName = "n", Description = "Number of the first order. The same orders placed again are the same payments.", DefaultValueFactory = _ => 1 };
    private readonly Option<int> concurrency = Numbers.Positive("--concurrency", "Orders in flight at once.", 32);
    private readonly Option<string> scenario = new("--scenario") { Description = Scenarios(), HelpName = "name", DefaultValueFactory = _ => Scenario.Steady.Name };
    private readonly Option<string> until = new("--until")
    {
        Description = "When to end: all orders accepted, all first attempts attempted, or all payments ended (recoveries too, in business time).",
        DefaultValueFactory = _ => "attempted",
    };

    private readonly Option<string?> record = new("--record") { Description = "Append the id of every acknowledged payment to this file, one a line.", HelpName = "file" };
    private readonly Option<double> badRecords = BadRecordOption.Create();
    private readonly Option<HostAndPort> gateway;
    private readonly Option<string> kafka;

    public SimulateCommand(EnvironmentSettings settings)
        : base("simulate", "Place the simulated world's orders at a running silo, and measure. Faults of the gateway are the silo's setting Gateway__Faults.")
    {
        gateway = ConnectionOptions.Gateway(settings);
        kafka = ConnectionOptions.Kafka(settings);
        scenario.AcceptOnlyFromAmong([.. Scenario.All.Select(known => known.Name)]);
        until.AcceptOnlyFromAmong([.. Enum.GetNames<SimulationEnd>().Select(name => name.ToLowerInvariant())]);
        foreach (var option in new Option[] { payments, rate, seed, first, concurrency, scenario, until, record, badRecords, gateway, kafka })
        {
            Add(option);
        }
    }

    public override IReadOnlyList<string> Examples =>
    [
        "simulate --payments 5000",
        "simulate --payments 600 --rate 20 --scenario waves --until ended",
        "simulate --payments 2000 --first 10001 --record acknowledged.txt --json",
    ];

    protected override async Task<int> RunAsync(ParseResult arguments, Terminal terminal, CancellationToken cancellationToken)
    {
        await using var silo = await SiloConnection.OpenAsync(arguments.GetRequiredValue(gateway), cancellationToken);
        var world = await EnsureSeedAsync(silo.Grains, arguments.GetValue(seed));
        using var acknowledgements = AcknowledgementRecord.Open(arguments.GetValue(record));
        using var injection = new BadRecordSender(new BadRecordPlan(world, arguments.GetValue(badRecords)), arguments.GetRequiredValue(kafka), new Dictionary<string, string>());
        await injection.EnsureAnswersAsync(cancellationToken);
        var simulation = new SimulationRun(PlanOf(arguments), silo.Grains, acknowledgements, TimeProvider.System) { BesideOrder = injection.SendBesideAsync };

        await LiveScreen.ShowAsync(terminal, () => SimulationScreen.Render(simulation.Snapshot()), simulation.RunAsync(cancellationToken));
        var end = simulation.Snapshot();
        if (terminal.IsJson)
        {
            terminal.WriteJson(SimulationReport.Of(world, end, injection.Sent));
        }
        else
        {
            terminal.Screen.Write(new Text($"World {world}, scenario {end.Plan.Scenario.Name}, orders from {end.Plan.First}.\n"));
            terminal.Screen.Write(SimulationScreen.Render(end));
            terminal.Screen.Write(new Text(injection.Sent == 0 ? "" : $"{injection.Sent} bad records sent straight to the topics: quarantine list shows what became of them.\n"));
        }

        return ExitCodes.Success;
    }

    private SimulationPlan PlanOf(ParseResult arguments) => new()
    {
        Payments = arguments.GetValue(payments),
        First = arguments.GetValue(first),
        Rate = arguments.GetValue(rate),
        Concurrency = arguments.GetValue(concurrency),
        Scenario = Scenario.Named(arguments.GetRequiredValue(scenario)),
        Until = Enum.Parse<SimulationEnd>(arguments.GetRequiredValue(until), ignoreCase: true),
    };

    private static async Task<int> EnsureSeedAsync(IGrainFactory grains, int? expected)
    {
        var world = await grains.GetGrain<ISimulatedProcessorGrain>(0).GetSeedAsync();
        return expected is null || expected == world
            ? world
            : throw new CommandFailedException(
                $"The silo's world has the seed {world}, not {expected}.",
                $"Start the silo with Gateway__Seed={expected} and an empty data folder, or leave --seed out.");
    }

    private static string Scenarios() =>
        "The mix of orders: " + string.Join("; ", Scenario.All.Select(known => $"{known.Name} ({known.Description})")) + ".";
}

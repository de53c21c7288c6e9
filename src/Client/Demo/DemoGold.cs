using System.Text.Json;
using Recoup.Client.CommandLine;
using Recoup.Client.Gold;
using Recoup.Client.Pipelines;
using Recoup.Client.Queries;
using Recoup.Pipeline;

namespace Recoup.Client.Demo;

/// <summary>What the pipeline made of the demo's events, and whether every layer has the same money.</summary>
internal sealed record DemoGold
{
    /// <summary>How long validation has for the last events; it takes seconds.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>The run of the pipeline that made gold of it.</summary>
    public required PipelineRun Run { get; init; }

    /// <summary>What the monitors of that run saw.</summary>
    public required IReadOnlyList<Reading> Readings { get; init; }

    /// <summary>Rows of each table of gold.</summary>
    public required IReadOnlyDictionary<string, long> Rows { get; init; }
    public required IReadOnlyList<RecoveredMoney> Recovered { get; init; }
    public required GoldViews Views { get; init; }

    public IEnumerable<Reading> Reconciliation => Readings.Where(reading => reading.Monitor == "reconciliation");

    /// <summary>Gold was made, and no layer differs from another.</summary>
    public bool IsGood => Run.Steps.Any(step => step is { Name: "transformations", Succeeded: true }) && Reconciliation.All(reading => reading.Severity != Severity.Critical);

    /// <summary>Waits until validation has every event, runs the pipeline on it and reads what came of it.</summary>
    public static async Task<DemoGold> MakeAsync(DemoSilo silo, CancellationToken cancellationToken)
    {
        await WaitForBronzeAsync(silo, cancellationToken);
        var pipeline = silo.Grains.GetGrain<IPipelineGrain>(IPipelineGrain.Key);
        var run = await PipelineWait.ForAsync(silo.Grains, await pipeline.RequestAsync(), cancellationToken);
        using var query = new LakeQuery(silo.HttpAddress);
        var rows = await GoldTables.CountAsync(query, cancellationToken);
        return new DemoGold
        {
            Run = run,
            Readings = (await pipeline.GetStatusAsync()).Readings,
            Rows = rows,
            Recovered = await GoldTables.RecoveredAsync(query, rows, cancellationToken),
            Views = rows.ContainsKey("fct_payments") ? await GoldViews.ReadAsync(query, cancellationToken) : GoldViews.None,
        };
    }

    private static async Task WaitForBronzeAsync(DemoSilo silo, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        using var ticks = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        try
        {
            while (await silo.ReadValidationLagAsync(patience.Token) > 0)
            {
                await ticks.WaitForNextTickAsync(patience.Token);
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new CommandFailedException($"Validation did not have every event after {Patience}.", "The silo's log says what holds it up.");
        }
    }
}

/// <summary>The rows that the demo's last screen shows.</summary>
internal sealed record GoldViews(IReadOnlyList<JsonElement> Outcomes, IReadOnlyList<JsonElement> Recovery, IReadOnlyList<JsonElement> Providers, IReadOnlyList<JsonElement> Quarantine)
{
    public static readonly GoldViews None = new([], [], [], []);

    public static async Task<GoldViews> ReadAsync(LakeQuery query, CancellationToken cancellationToken) => new(
        await query.RowsAsync(
            "select outcome, currency, count(*) as payments, cast(sum(amount_minor) as bigint) as minor from gold.fct_payments group by outcome, currency order by outcome, currency",
            cancellationToken),
        await query.RowsAsync(
            """
            select failure_code, strategy, currency, cast(sum(recovered_payments) as bigint) as recovered, cast(sum(declined_payments) as bigint) as declined,
              cast(sum(recovered_minor) as bigint) as minor
            from gold.payment_recovery group by failure_code, strategy, currency having sum(recovered_payments) > 0 order by failure_code, strategy, currency
            """,
            cancellationToken),
        await query.RowsAsync(
            "select provider, currency, charges, succeeded_charges as succeeded, collected_minor as minor from gold.provider_performance order by provider, currency",
            cancellationToken),
        await query.RowsAsync(
            "select layer, table_name, reason, cast(sum(records) as bigint) as records from gold.quarantine_summary group by layer, table_name, reason order by 4 desc, 1, 2, 3",
            cancellationToken));
}

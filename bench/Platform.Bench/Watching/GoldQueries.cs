using System.Diagnostics;
using Recoup.Client.Queries;

namespace Recoup.Platform.Bench.Watching;

/// <summary>An analyst who asks gold something every second, while all the rest goes on.</summary>
internal sealed class GoldQueries(LakeQuery queries, Window window)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private static readonly string[] Asked =
    [
        "select outcome, currency, count(*) as payments, sum(collected_minor) as minor from gold.fct_payments group by outcome, currency",
        "select * from gold.hourly_payment_metrics order by hour_at desc limit 24",
        "select * from gold.payment_recovery order by declined_payments desc limit 20",
        "select * from gold.provider_performance",
    ];

    private int next;

    public Latencies Latencies { get; } = new();

    public Task RunAsync(CancellationToken stop) => Ticks.EachAsync(Interval, AskAsync, stop);

    private async Task AskAsync()
    {
        if (!window.Contains(TimeProvider.System.GetUtcNow()))
        {
            return;
        }

        var called = Stopwatch.GetTimestamp();
        await queries.RowsAsync(Asked[next++ % Asked.Length], CancellationToken.None);
        Latencies.Add(Stopwatch.GetElapsedTime(called));
    }
}

using Recoup.Platform.Bench.Load;
using Recoup.Platform.Bench.Reporting;

namespace Recoup.Platform.Bench.Watching;

/// <summary>All that look on while the platform works, each for itself.</summary>
internal sealed class Watchers : IDisposable
{
    private readonly PaymentTimes times;
    private readonly Window window;
    private readonly BronzeWatch bronze;
    private readonly GoldQueries queries;
    private readonly CancellationTokenSource stop = new();
    private readonly List<Task> running;

    public Watchers(PlatformSilo silo, PaymentTimes times, Window window, bool hasGold)
    {
        this.times = times;
        this.window = window;
        Log = new LogWatch(silo.Kafka, times);
        Silo = new SiloWatch(silo.ProcessId, window);
        Gold = new GoldWatch(silo.Queries, times);
        bronze = new BronzeWatch(silo.Queries, silo.Clock);
        queries = new GoldQueries(silo.Queries, window);
        running = [Log.RunAsync(stop.Token), Silo.RunAsync(stop.Token), bronze.RunAsync(stop.Token)];
        if (hasGold)
        {
            running.AddRange([Gold.RunAsync(stop.Token), queries.RunAsync(stop.Token)]);
        }
    }

    public LogWatch Log { get; }

    public SiloWatch Silo { get; }

    public GoldWatch Gold { get; }

    /// <summary>Ends their looking, and says what they saw.</summary>
    public async Task<StageFigures> StopAsync(PaymentLoad payments)
    {
        await stop.CancelAsync();
        await Task.WhenAll(running);
        return new StageFigures
        {
            SubmitToAcknowledged = payments.Acknowledgements.ToSpread(),
            AcknowledgedToLog = times.ToLog(window),
            SentToBronze = bronze.Freshness(Log.Index, window),
            BronzeQuery = bronze.Queries.ToSpread(),
            EndToGold = times.ToGold(window),
            GoldQuery = queries.Latencies.ToSpread(),
        };
    }

    public void Dispose()
    {
        stop.Dispose();
        Log.Dispose();
    }
}

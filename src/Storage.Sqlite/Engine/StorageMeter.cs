using System.Diagnostics.Metrics;

namespace Recoup.Storage.Sqlite.Engine;

/// <summary>What the storage measures of itself, under the meter <c>Recoup.Storage</c>.</summary>
internal sealed class StorageMeter : IDisposable
{
    public const string Name = "Recoup.Storage";

    private readonly Meter meter = new(Name);
    private readonly Counter<long> writes;
    private readonly Counter<long> failures;
    private readonly Histogram<int> batch;
    private readonly Histogram<double> commit;

    public StorageMeter()
    {
        writes = meter.CreateCounter<long>("recoup.storage.writes", description: "Rows in commits that succeeded.");
        failures = meter.CreateCounter<long>("recoup.storage.failed_commits", description: "Commits that failed; none of their rows was acknowledged.");
        batch = meter.CreateHistogram<int>("recoup.storage.commit.rows", description: "Rows in one commit.");
        commit = meter.CreateHistogram<double>("recoup.storage.commit.duration", "s", "Time of one commit with its flush.");
    }

    public void Committed(int rows, TimeSpan duration)
    {
        writes.Add(rows);
        batch.Record(rows);
        commit.Record(duration.TotalSeconds);
    }

    public void Failed() => failures.Add(1);

    public void Dispose() => meter.Dispose();
}

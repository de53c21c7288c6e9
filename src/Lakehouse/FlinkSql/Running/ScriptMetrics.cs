using System.Diagnostics.Metrics;

namespace Recoup.Lakehouse.FlinkSql.Running;

/// <summary>What the meter <c>Recoup.Lakehouse.FlinkSql</c> tells, each value with the tag <c>script</c>.</summary>
internal sealed class ScriptMetrics : IDisposable
{
    private readonly Meter meter = new("Recoup.Lakehouse.FlinkSql");
    private readonly KeyValuePair<string, object?> script;
    private readonly Counter<long> records;
    private readonly Counter<long> batches;
    private readonly Counter<long> failures;
    private readonly Histogram<double> seconds;

    public ScriptMetrics(string file, Func<long> lag)
    {
        script = new KeyValuePair<string, object?>("script", file);
        records = meter.CreateCounter<long>("recoup.flinksql.records", "{record}", "Records committed to bronze or quarantine.");
        batches = meter.CreateCounter<long>("recoup.flinksql.batches", "{batch}", "Batches committed.");
        failures = meter.CreateCounter<long>("recoup.flinksql.failures", "{failure}", "Batches given up and begun again from the table's offsets.");
        seconds = meter.CreateHistogram<double>("recoup.flinksql.batch.duration", "s", "From the batch's last record to its commit.");
        meter.CreateObservableGauge("recoup.flinksql.lag", () => new Measurement<long>(lag(), script), "{record}", "Records that wait in the topic.");
    }

    public void Committed(int count, TimeSpan duration)
    {
        records.Add(count, script);
        batches.Add(1, script);
        seconds.Record(duration.TotalSeconds, script);
    }

    public void Failed() => failures.Add(1, script);

    public void Dispose() => meter.Dispose();
}

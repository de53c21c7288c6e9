using Microsoft.Extensions.Logging;
using Recoup.Lakehouse.FlinkSql.Planning;

namespace Recoup.Lakehouse.FlinkSql.Running;

/// <summary>How far a script has come.</summary>
/// <param name="Records">Records committed since this process began.</param>
/// <param name="Next">For each partition the offset of the first record that is not committed.</param>
/// <param name="Lag">Records that wait in the topic, as far as it is known.</param>
/// <param name="Failure">Why the last batch was given up; null once one was committed again.</param>
public sealed record ScriptProgress(long Records, IReadOnlyDictionary<int, long> Next, long Lag, string? Failure);

/// <summary>
/// Runs one script for ever: reads a batch, computes its rows, commits them with the offsets. Only the tables say how far it
/// has come, so that each record is in them exactly once, whatever stops this process and when. What it has read and not
/// committed it reads again.
/// </summary>
public sealed partial class ScriptRunner : IDisposable
{
    private static readonly TimeSpan IdleWait = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    private readonly ScriptPlan plan;
    private readonly IRecordSource source;
    private readonly ITableSink sink;
    private readonly ScriptRunnerOptions options;
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private readonly BatchEngine engine;
    private readonly ScriptMetrics metrics;
    private readonly Queue<SourceRecord> waiting = new();
    private Dictionary<int, long> next = [];
    private int rowsMax;

    public ScriptRunner(ScriptPlan plan, IRecordSource source, ITableSink sink, ScriptRunnerOptions options, TimeProvider time, ILogger<ScriptRunner> logger)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(options);
        (this.plan, this.source, this.sink, this.options, this.time, this.logger) = (plan, source, sink, options, time, logger);
        engine = new BatchEngine(plan, time);
        metrics = new ScriptMetrics(plan.File, () => source.Lag + waiting.Count);
        rowsMax = options.RowsMax;
        Progress = new ScriptProgress(0, next, 0, null);
    }

    /// <summary>The name of the script.</summary>
    public string Script => plan.File;

    public ScriptProgress Progress { get; private set; }

    /// <summary>Runs until it is cancelled. A failed batch is tried again from the offsets of the tables, with longer pauses.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        var pause = options.RetryPause;
        while (!cancellation.IsCancellationRequested)
        {
            try
            {
                await BeginAsync(cancellation);
                while (!cancellation.IsCancellationRequested)
                {
                    pause = await RunBatchAsync(cancellation) > 0 ? options.RetryPause : pause;
                }
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure)
            {
                // Nothing of the batch is visible, so it can only be done again; who watches the lag and this log sees it stand.
                metrics.Failed();
                Progress = Progress with { Failure = failure.Message };
                LogFailed(failure, plan.File, pause);
                await Task.Delay(pause, time, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
            }
        }
    }

    /// <summary>Goes to where the tables are.</summary>
    public async Task BeginAsync(CancellationToken cancellation)
    {
        waiting.Clear();
        next = new Dictionary<int, long>(await sink.ReadOffsetsAsync(cancellation));
        source.Assign(next);
        LogBegun(plan.File, next.Count);
    }

    /// <summary>Reads, computes and commits one batch.</summary>
    /// <returns>How many records it had; 0 when none came in time.</returns>
    public async Task<int> RunBatchAsync(CancellationToken cancellation)
    {
        var records = Fill(cancellation);
        if (records.Count == 0)
        {
            Progress = Progress with { Lag = source.Lag };
            return 0;
        }

        var began = time.GetTimestamp();
        engine.Load(records);
        records = Shorten(records);
        var to = records.GroupBy(record => record.Partition).ToDictionary(group => group.Key, group => group.Last().Offset + 1);
        var from = next.Where(pair => to.ContainsKey(pair.Key)).ToDictionary();
        var tables = Enumerable.Range(0, plan.Inserts.Count).Select(BatchEngine.RowsOf).ToList();
        await sink.CommitAsync(new BatchOutput(engine.Connection, tables, from, to), cancellation);
        next = next.Concat(to).GroupBy(pair => pair.Key).ToDictionary(group => group.Key, group => group.Last().Value);
        metrics.Committed(records.Count, time.GetElapsedTime(began));
        Progress = new ScriptProgress(Progress.Records + records.Count, next, source.Lag + waiting.Count, null);
        return records.Count;
    }

    public void Dispose()
    {
        engine.Dispose();
        metrics.Dispose();
        source.Dispose();
    }

    /// <summary>A batch is full by its rows, or by the age of its first record.</summary>
    private List<SourceRecord> Fill(CancellationToken cancellation)
    {
        var records = new List<SourceRecord>();
        while (waiting.Count > 0 && records.Count < rowsMax)
        {
            records.Add(waiting.Dequeue());
        }

        if (records.Count == 0)
        {
            records.AddRange(source.Read(rowsMax, IdleWait, cancellation));
        }

        var began = time.GetTimestamp();
        while (records.Count > 0 && records.Count < rowsMax && waiting.Count == 0)
        {
            var left = options.AgeMax - time.GetElapsedTime(began);
            if (left <= TimeSpan.Zero)
            {
                break;
            }

            records.AddRange(source.Read(rowsMax - records.Count, left, cancellation));
        }

        return records;
    }

    /// <summary>
    /// Records whose rows would fall on too many days wait for the next batch. Then the batch is computed again without them, and
    /// the next ones are short until dates are sane again, so that little is computed in vain.
    /// </summary>
    private List<SourceRecord> Shorten(List<SourceRecord> records)
    {
        var count = records.Count;
        for (var insert = 0; insert < plan.Inserts.Count; insert++)
        {
            if (sink.DayColumn(plan.Inserts[insert]) is { } column)
            {
                count = Math.Min(count, engine.CountWithinDays(insert, column, options.DaysMax, records.Count));
            }
        }

        rowsMax = count == records.Count ? Math.Min(options.RowsMax, rowsMax * 2) : Math.Max(1, count);
        if (count == records.Count)
        {
            return records;
        }

        var rest = records.Skip(count).Concat(waiting).ToList();
        waiting.Clear();
        rest.ForEach(waiting.Enqueue);
        var kept = records.Take(count).ToList();
        engine.Load(kept);
        return kept;
    }

    [LoggerMessage(EventId = 6100, Level = LogLevel.Information, Message = "{Script} goes on from the offsets of its tables, which know {Partitions} partitions.")]
    private partial void LogBegun(string script, int partitions);

    [LoggerMessage(EventId = 6101, Level = LogLevel.Error, Message = "{Script} gave a batch up and begins again from the offsets of its tables in {Pause}.")]
    private partial void LogFailed(Exception failure, string script, TimeSpan pause);
}

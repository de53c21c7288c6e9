using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Recoup.Lakehouse.FlinkSql.Planning;

namespace Recoup.Lakehouse.FlinkSql.Running;

/// <summary>How far a script has come.</summary>
/// <param name="Records">Records committed since this process began.</param>
/// <param name="Next">For each partition the offset of the first record that is not committed.</param>
/// <param name="Lag">Records that wait for their commit, in the topic or here, as far as it is known.</param>
/// <param name="Failure">Why the last batch was given up; null once one was committed again.</param>
public sealed record ScriptProgress(long Records, IReadOnlyDictionary<int, long> Next, long Lag, string? Failure);

/// <summary>
/// Runs one script for ever: reads a batch, computes its rows, commits them with the offsets. Only the tables say how far it
/// has come, so that each record is in them exactly once, whatever stops this process and when. What it has read and not
/// committed it reads again. One thread reads; batches are computed beside each other and committed in the order in which
/// they were read. Reading waits while all lanes are busy: that is the back-pressure.
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
    private readonly ScriptMetrics metrics;
    private readonly List<BatchLane> lanes = [];
    private readonly BlockingCollection<BatchLane> idle = [];
    private Task lastBatch = Task.CompletedTask;
    private Dictionary<int, long> next = [];
    private long committed;
    private long waiting;
    private long inFlight;
    private volatile string? failure;

    public ScriptRunner(ScriptPlan plan, IRecordSource source, ITableSink sink, ScriptRunnerOptions options, TimeProvider time, ILogger<ScriptRunner> logger)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(options);
        (this.plan, this.source, this.sink, this.options, this.time, this.logger) = (plan, source, sink, options, time, logger);
        metrics = new ScriptMetrics(plan.File, () => Lag);
        idle.Add(AddLane(plan));
    }

    /// <summary>The name of the script.</summary>
    public string Script => plan.File;

    public ScriptProgress Progress => new(Interlocked.Read(ref committed), Volatile.Read(ref next), Lag, failure);

    private long Lag => Interlocked.Read(ref waiting) + Interlocked.Read(ref inFlight);

    /// <summary>
    /// Runs until it is cancelled, on the caller's thread, which it blocks. A failed batch is tried again from the offsets of the
    /// tables, with longer pauses.
    /// </summary>
    public void Run(CancellationToken cancellation)
    {
        var pause = options.RetryPause;
        while (!cancellation.IsCancellationRequested)
        {
            try
            {
                Begin(cancellation);
                while (true)
                {
                    pause = RunBatch(cancellation) > 0 ? options.RetryPause : pause;
                }
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                WaitForBatches();
                return;
            }
            catch (Exception cause)
            {
                // Nothing of the batch is visible, so it can only be done again; who watches the lag and this log sees it stand.
                WaitForBatches();
                metrics.Failed();
                failure = cause.Message;
                LogFailed(cause, plan.File, pause);
                cancellation.WaitHandle.WaitOne(pause);
                pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
            }
        }
    }

    /// <summary>Goes to where the tables are.</summary>
    public void Begin(CancellationToken cancellation)
    {
        lastBatch = Task.CompletedTask;
        var offsets = sink.ReadOffsetsAsync(cancellation).GetAwaiter().GetResult();
        Volatile.Write(ref next, new Dictionary<int, long>(offsets));
        source.Assign(offsets);
        LogBegun(plan.File, offsets.Count);
    }

    /// <summary>Reads one batch and hands it to a lane, which computes and commits it; waits while all are busy.</summary>
    /// <returns>How many records it has; 0 when none came in time and everything read before is committed.</returns>
    /// <exception cref="Exception">An earlier batch failed: nothing of it and of what was read after it is or will be committed.</exception>
    public int RunBatch(CancellationToken cancellation)
    {
        var records = Fill(cancellation);
        Interlocked.Exchange(ref waiting, source.Lag);
        if (records.Count == 0)
        {
            lastBatch.GetAwaiter().GetResult();
            return 0;
        }

        var lane = TakeLane(cancellation);
        if (lastBatch.IsFaulted)
        {
            idle.Add(lane, CancellationToken.None);
            lastBatch.GetAwaiter().GetResult();
        }

        Interlocked.Add(ref inFlight, records.Count);
        var before = lastBatch;
        // Computing is long, and the pool's threads are for what is short.
        lastBatch = Task.Factory.StartNew(
            () => Process(lane, records, before, cancellation), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        return records.Count;
    }

    public void Dispose()
    {
        WaitForBatches();
        lanes.ForEach(lane => lane.Dispose());
        idle.Dispose();
        metrics.Dispose();
        source.Dispose();
    }

    /// <summary>A batch is full by its rows, or by the age of its first record.</summary>
    private List<SourceRecord> Fill(CancellationToken cancellation)
    {
        var records = new List<SourceRecord>(source.Read(options.RowsMax, IdleWait, cancellation));
        var began = time.GetTimestamp();
        while (records.Count > 0 && records.Count < options.RowsMax)
        {
            var left = options.AgeMax - time.GetElapsedTime(began);
            if (left <= TimeSpan.Zero)
            {
                break;
            }

            records.AddRange(source.Read(options.RowsMax - records.Count, left, cancellation));
        }

        return records;
    }

    private BatchLane TakeLane(CancellationToken cancellation)
    {
        if (idle.TryTake(out var lane))
        {
            return lane;
        }

        return lanes.Count < options.LanesMax ? AddLane(plan.Again()) : idle.Take(cancellation);
    }

    private BatchLane AddLane(ScriptPlan ownPlan)
    {
        var lane = new BatchLane(ownPlan, sink, options, time);
        lanes.Add(lane);
        return lane;
    }

    private void Process(BatchLane lane, List<SourceRecord> records, Task before, CancellationToken cancellation)
    {
        try
        {
            for (var left = records; left.Count > 0;)
            {
                var began = time.GetTimestamp();
                var (count, rows) = lane.StageAsync(left, cancellation).GetAwaiter().GetResult();
                before.GetAwaiter().GetResult();
                Commit(left.Take(count), rows, cancellation);
                metrics.Committed(count, time.GetElapsedTime(began));
                left = left.GetRange(count, left.Count - count);
            }
        }
        finally
        {
            // Also one that failed ends in its turn: who waits for the last batch has waited for all.
            WaitFor(before);
            Interlocked.Add(ref inFlight, -records.Count);
            idle.Add(lane, CancellationToken.None);
        }
    }

    private void Commit(IEnumerable<SourceRecord> records, IStagedBatch rows, CancellationToken cancellation)
    {
        var count = 0;
        var to = new Dictionary<int, long>();
        foreach (var record in records)
        {
            to[record.Partition] = record.Offset + 1;
            count++;
        }

        var from = next.Where(pair => to.ContainsKey(pair.Key)).ToDictionary();
        sink.CommitAsync(rows, from, to, cancellation).GetAwaiter().GetResult();
        Volatile.Write(ref next, next.Where(pair => !to.ContainsKey(pair.Key)).Concat(to).ToDictionary());
        Interlocked.Add(ref committed, count);
        failure = null;
    }

    private void WaitForBatches() => WaitFor(lastBatch);

    /// <summary>Waits until a batch has ended; how, <see cref="RunBatch"/> tells.</summary>
    private static void WaitFor(Task batch) => ((IAsyncResult)batch).AsyncWaitHandle.WaitOne();

    [LoggerMessage(EventId = 6100, Level = LogLevel.Information, Message = "{Script} goes on from the offsets of its tables, which know {Partitions} partitions.")]
    private partial void LogBegun(string script, int partitions);

    [LoggerMessage(EventId = 6101, Level = LogLevel.Error, Message = "{Script} gave a batch up and begins again from the offsets of its tables in {Pause}.")]
    private partial void LogFailed(Exception failure, string script, TimeSpan pause);
}

using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Recoup.Lakehouse.FlinkSql.Planning;
using Recoup.Lakehouse.Threads;

namespace Recoup.Lakehouse.FlinkSql.Running;

/// <summary>
/// Runs one script: reads batches, computes their rows, commits them with the offsets. Only the tables say how far it has
/// come, so that each record is in them exactly once, whatever stops this process and when. What it has read and not
/// committed it reads again. Batches are read one after another, computed beside each other, and committed in the order in
/// which they were read; reading waits while enough of them are on their way, and that is the back-pressure.
/// </summary>
public sealed partial class ScriptRunner : IDisposable
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    private readonly ScriptPlan plan;
    private readonly IRecordSource source;
    private readonly ITableSink sink;
    private readonly ScriptRunnerOptions options;
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private readonly ScriptMetrics metrics;
    private readonly BatchReader reader;
    private readonly BatchLanes lanes;
    private Dictionary<int, long> next = [];
    private long committed;
    private long inTopic;
    private long onTheirWay;
    private volatile string? failure;

    public ScriptRunner(ScriptPlan plan, IRecordSource source, ITableSink sink, ScriptRunnerOptions options, TimeProvider time, ILogger<ScriptRunner> logger)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(options);
        (this.plan, this.source, this.sink, this.options, this.time, this.logger) = (plan, source, sink, options, time, logger);
        reader = new BatchReader(source, options, time);
        lanes = new BatchLanes(() => new BatchLane(plan.Again(), sink, options, time), options.LanesMax);
        metrics = new ScriptMetrics(plan.File, () => Lag);
    }

    /// <summary>The name of the script.</summary>
    public string Script => plan.File;

    public ScriptProgress Progress => new(Interlocked.Read(ref committed), Volatile.Read(ref next), Lag, failure);

    private long Lag => Interlocked.Read(ref inTopic) + Interlocked.Read(ref onTheirWay);

    /// <summary>Runs until it is cancelled. A failed batch is tried again from the offsets of the tables, with longer pauses.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        var pause = options.RetryPause;
        while (!cancellation.IsCancellationRequested)
        {
            var before = Interlocked.Read(ref committed);
            try
            {
                await PumpAsync(isEndless: true, cancellation);
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                return;
            }
            catch (Exception cause)
            {
                // Nothing of the batch is visible, so it can only be done again; who watches the lag and this log sees it stand.
                pause = Interlocked.Read(ref committed) > before ? options.RetryPause : pause;
                metrics.Failed();
                failure = cause.Message;
                LogFailed(cause, plan.File, pause);
                await Task.Delay(pause, time, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
            }
        }
    }

    /// <summary>Goes on from where the tables are and ends when no record comes any more and all are committed.</summary>
    /// <exception cref="Exception">A batch failed: nothing of it and of what was read after it is or will be committed.</exception>
    public Task RunToEndAsync(CancellationToken cancellation) => PumpAsync(isEndless: false, cancellation);

    public void Dispose()
    {
        lanes.Dispose();
        metrics.Dispose();
        source.Dispose();
    }

    private async Task PumpAsync(bool isEndless, CancellationToken cancellation)
    {
        await BeginAsync(cancellation);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var batches = Channel.CreateBounded<Task<ComputedBatch>>(new BoundedChannelOptions(options.LanesMax) { SingleReader = true, SingleWriter = true });
        var reading = ReadAsync(batches.Writer, isEndless, stop.Token);
        try
        {
            await foreach (var batch in batches.Reader.ReadAllAsync(CancellationToken.None))
            {
                await CommitAsync(await batch, cancellation);
            }
        }
        finally
        {
            // Who begins again, or disposes of this, finds nobody reading or computing.
            await stop.CancelAsync();
            await EndedAsync(reading, batches.Reader);
        }

        await reading;
    }

    /// <summary>Goes to where the tables are.</summary>
    private async Task BeginAsync(CancellationToken cancellation)
    {
        var offsets = await sink.ReadOffsetsAsync(cancellation);
        Volatile.Write(ref next, new Dictionary<int, long>(offsets));
        Interlocked.Exchange(ref onTheirWay, 0);
        await OwnThread.RunAsync(() => source.Assign(offsets));
        LogBegun(plan.File, offsets.Count);
    }

    /// <summary>Hands batches over while they are computed. There is room before a batch is begun, so that none is begun and lost.</summary>
    private async Task ReadAsync(ChannelWriter<Task<ComputedBatch>> batches, bool isEndless, CancellationToken cancellation)
    {
        try
        {
            while (await batches.WaitToWriteAsync(cancellation))
            {
                var records = await OwnThread.RunAsync(() => reader.Fill(cancellation));
                Interlocked.Exchange(ref inTopic, source.Lag);
                if (records.Count > 0)
                {
                    Interlocked.Add(ref onTheirWay, records.Count);
                    batches.TryWrite(ComputeAsync(records, cancellation));
                }
                else if (!isEndless)
                {
                    return;
                }
            }
        }
        finally
        {
            batches.Complete();
        }
    }

    private async Task<ComputedBatch> ComputeAsync(IReadOnlyList<SourceRecord> records, CancellationToken cancellation) =>
        new(time.GetTimestamp(), await lanes.StageAsync(records, cancellation));

    private async Task CommitAsync(ComputedBatch batch, CancellationToken cancellation)
    {
        foreach (var part in batch.Parts)
        {
            var first = next.Where(partition => part.Behind.ContainsKey(partition.Key)).ToDictionary();
            await sink.CommitAsync(part.Rows, first, part.Behind, cancellation);
            Volatile.Write(ref next, next.Where(partition => !part.Behind.ContainsKey(partition.Key)).Concat(part.Behind).ToDictionary());
            Interlocked.Add(ref committed, part.Count);
            Interlocked.Add(ref onTheirWay, -part.Count);
            failure = null;
            metrics.Committed(part.Count, time.GetElapsedTime(batch.Filled));
        }
    }

    /// <summary>Waits for all that is on its way, however it ends: what failed first is told already.</summary>
    private static async Task EndedAsync(Task reading, ChannelReader<Task<ComputedBatch>> batches)
    {
        await reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await foreach (Task batch in batches.ReadAllAsync(CancellationToken.None))
        {
            await batch.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    [LoggerMessage(EventId = 6100, Level = LogLevel.Information, Message = "{Script} goes on from the offsets of its tables, which know {Partitions} partitions.")]
    private partial void LogBegun(string script, int partitions);

    [LoggerMessage(EventId = 6101, Level = LogLevel.Error, Message = "{Script} gave a batch up and begins again from the offsets of its tables in {Pause}.")]
    private partial void LogFailed(Exception failure, string script, TimeSpan pause);
}

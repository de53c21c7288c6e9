using Microsoft.Extensions.Logging;
using Recoup.Streaming.Kafka.Telemetry;

namespace Recoup.Streaming.Kafka.Producing;

/// <summary>
/// Lets records through to the client in the order of the calls, as long as there is room. It counts records and bytes in flight itself, so that the
/// client's queue is never full; should it be full all the same, the record keeps its place and the next acknowledgement tries again.
/// </summary>
internal sealed partial class SendGate : IDisposable
{
    private readonly Lock gate = new();
    private readonly string name;
    private readonly KafkaProducerOptions options;
    private readonly KafkaMeter meter;
    private readonly ILogger logger;
    private readonly Dictionary<string, TopicLane> lanes = new(StringComparer.Ordinal);

    /// <summary>Lanes with records that wait for room, the longest waiting first.</summary>
    private readonly Queue<TopicLane> ready = new();

    private readonly HashSet<PendingRecord> inFlight = [];
    private long inFlightBytes;
    private KafkaClient client;
    private volatile bool closed;

    public SendGate(string name, KafkaProducerOptions options, KafkaMeter meter, ILogger logger)
    {
        this.name = name;
        this.options = options;
        this.meter = meter;
        this.logger = logger;
        client = Connect();
    }

    /// <summary>Waits for what is in flight as long as a delivery may take, then tells every publisher that still waits.</summary>
    public void Dispose()
    {
        PendingRecord[] waiting;
        lock (gate)
        {
            if (closed)
            {
                return;
            }

            closed = true;
            waiting = [.. lanes.Values.SelectMany(lane => lane.Waiting)];
            lanes.Clear();
            ready.Clear();
        }

        FailAll(waiting, new Error(ErrorCode.Local_Destroy, "The producer was closed before the record was sent."), mayBeInLog: false);
        client.Close(options.DeliveryTimeout);
        lock (gate)
        {
            waiting = [.. inFlight];
            inFlight.Clear();
        }

        meter.Returned(waiting.Length);
        FailAll(waiting, new Error(ErrorCode.Local_Destroy, "The producer was closed before the record was acknowledged."), mayBeInLog: true);
    }

    private KafkaClient Connect() => new(options, OnFatalError, (level, facility, message) => LogClient(level, name, facility, message));

    private void Add(PendingRecord record)
    {
        if (!lanes.TryGetValue(record.Topic, out var lane))
        {
            lanes[record.Topic] = lane = new TopicLane(record.Topic);
        }

        lane.Waiting.Enqueue(record);
        if (lane.Partitions == 0)
        {
            StartCounting(lane);
        }
        else
        {
            MakeReady(lane);
        }
    }

    private void MakeReady(TopicLane lane)
    {
        if (!lane.IsReady && lane.Waiting.Count > 0)
        {
            lane.IsReady = true;
            ready.Enqueue(lane);
        }
    }

    /// <summary>Sends what has room. Every caller holds the lock, so records leave in the order in which they came.</summary>
    private void Drain()
    {
        while (ready.TryPeek(out var lane))
        {
            while (lane.Waiting.TryPeek(out var record))
            {
                if (!record.IsAbandoned && !TrySend(lane, record))
                {
                    return;
                }

                lane.Waiting.Dequeue();
            }

            ready.Dequeue();
            lane.IsReady = false;
            RefreshIfOld(lane);
        }
    }

    /// <summary>False when the record has to wait for an acknowledgement first.</summary>
    private bool TrySend(TopicLane lane, PendingRecord record)
    {
        if (inFlight.Count > 0 && (inFlight.Count >= options.InFlightMax || inFlightBytes + record.Size > options.InFlightBytesMax))
        {
            return false;
        }

        try
        {
            client.Send(lane, record, Delivered);
        }
        catch (ProduceException<byte[]?, byte[]?> exception)
        {
            if (exception.Error.Code == ErrorCode.Local_QueueFull && inFlight.Count > 0)
            {
                return false;
            }

            Refused(record, exception.Error);
            return true;
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // Whatever else the client throws is this record's failure: whoever takes it in is not its publisher.
            Refused(record, new Error(ErrorCode.Local_Application, $"{exception.GetType().Name}: {exception.Message}"));
            return true;
        }

        inFlight.Add(record);
        inFlightBytes += record.Size;
        meter.Sent();
        return true;
    }

    private void Refused(PendingRecord record, Error error)
    {
        meter.PublishFailed(record.Topic, error.Code.ToString());
        record.Fail(error, mayBeInLog: false);
        if (IsTheClients(error))
        {
            Replace();
        }
    }

    /// <summary>
    /// Whether a refusal at once means that the client can send nothing any more. It may name the broker's error that made it so, before its fatal error is
    /// told to the handler; of the brokers' codes only a message that is too large is a record's own.
    /// </summary>
    private static bool IsTheClients(Error error) =>
        error.IsFatal || error.Code == ErrorCode.Local_Fatal || (error.IsBrokerError && error.Code != ErrorCode.MsgSizeTooLarge);

    private void Delivered(PendingRecord record, DeliveryReport<byte[]?, byte[]?> report)
    {
        lock (gate)
        {
            if (!inFlight.Remove(record))
            {
                return;
            }

            inFlightBytes -= record.Size;
            meter.Returned();
            if (!closed)
            {
                Drain();
            }
        }

        if (report.Error.IsError)
        {
            meter.PublishFailed(record.Topic, report.Error.Code.ToString());
            LogNotDelivered(name, record.Topic, report.Error.Code, report.Error.Reason);
            record.Fail(report.Error, mayBeInLog: report.Status == PersistenceStatus.PossiblyPersisted);
            return;
        }

        meter.Published(record.Topic, record.StartedAt);
        record.Acknowledge(new RecordPosition(report.Topic, report.Partition.Value, report.Offset.Value));
    }

    private void OnFatalError(KafkaClient failed, Error error)
    {
        LogFatal(name, error.Code, error.Reason);
        lock (gate)
        {
            if (ReferenceEquals(failed, client))
            {
                Replace();
            }
        }
    }

    /// <summary>After a fatal error an idempotent client sends nothing any more: a new one takes over, the old one still reports its last records.</summary>
    private void Replace()
    {
        if (closed)
        {
            return;
        }

        var failed = client;
        client = Connect();
        _ = Task.Factory.StartNew(() => failed.Close(options.DeliveryTimeout), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    private static void FailAll(IReadOnlyList<PendingRecord> records, Error error, bool mayBeInLog)
    {
        foreach (var record in records)
        {
            record.Fail(error, mayBeInLog);
        }
    }

    [LoggerMessage(4101, LogLevel.Error, "Producer {Name}: the client cannot go on ({Code}: {Reason}); a new one takes over.")]
    private partial void LogFatal(string name, ErrorCode code, string reason);

    [LoggerMessage(4102, LogLevel.Warning, "Producer {Name}: a record for {Topic} was not delivered ({Code}: {Reason}).")]
    private partial void LogNotDelivered(string name, string topic, ErrorCode code, string reason);

    [LoggerMessage(4103, LogLevel.Warning, "Producer {Name}: the number of partitions of {Topic} is not known ({Code}: {Reason}).")]
    private partial void LogNotCounted(string name, string topic, ErrorCode code, string reason);

    [LoggerMessage(4104, LogLevel.Information, "Producer {Name}: {Topic} has {Partitions} partitions (before: {Before}); keys may move.")]
    private partial void LogPartitionsChanged(string name, string topic, int partitions, int before);

    [LoggerMessage(EventId = 4105, Message = "Producer {Name}, {Facility}: {Message}")]
    private partial void LogClient(LogLevel level, string name, string facility, string message);
}

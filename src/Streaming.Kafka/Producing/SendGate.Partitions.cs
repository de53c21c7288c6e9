namespace Recoup.Streaming.Kafka.Producing;

/// <summary>How many partitions each topic has: a lane sends nothing before it knows.</summary>
internal sealed partial class SendGate
{
    private void StartCounting(TopicLane lane)
    {
        if (!lane.IsCounting)
        {
            lane.IsCounting = true;
            _ = CountAsync(lane, client);
        }
    }

    private void RefreshIfOld(TopicLane lane)
    {
        if (TimeProvider.System.GetElapsedTime(lane.CountedAt) > options.PartitionsRefresh)
        {
            StartCounting(lane);
        }
    }

    private async Task CountAsync(TopicLane lane, KafkaClient asked)
    {
        try
        {
            var partitions = await TopicPartitions.CountAsync(asked.Admin, lane.Topic, options.DeliveryTimeout, options.BootstrapServers);
            Counted(lane, partitions);
        }
        catch (Exception exception) when (exception is KafkaException or ObjectDisposedException)
        {
            NotCounted(lane, (exception as KafkaException)?.Error ?? new Error(ErrorCode.Local_Destroy, "The producer was closed."));
        }
    }

    private void Counted(TopicLane lane, int partitions)
    {
        lock (gate)
        {
            if (lane.Partitions > 0 && lane.Partitions != partitions)
            {
                LogPartitionsChanged(name, lane.Topic, partitions, lane.Partitions);
            }

            lane.IsCounting = false;
            lane.Partitions = partitions;
            lane.CountedAt = TimeProvider.System.GetTimestamp();
            if (!closed)
            {
                MakeReady(lane);
                Drain();
            }
        }
    }

    private void NotCounted(TopicLane lane, Error error)
    {
        PendingRecord[] waiting;
        lock (gate)
        {
            lane.IsCounting = false;
            lane.CountedAt = TimeProvider.System.GetTimestamp();

            // A number that was known before stays good enough: partitions are never taken away.
            waiting = lane.Partitions > 0 ? [] : [.. lane.Waiting];
            if (lane.Partitions == 0)
            {
                lane.Waiting.Clear();
            }
        }

        LogNotCounted(name, lane.Topic, error.Code, error.Reason);
        foreach (var record in waiting)
        {
            meter.PublishFailed(record.Topic, error.Code.ToString());
            record.Fail(error, mayBeInLog: false);
        }
    }
}

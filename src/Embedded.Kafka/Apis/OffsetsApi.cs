using Recoup.Embedded.Kafka.Log;
using Recoup.Embedded.Kafka.Protocol;
using Recoup.Embedded.Kafka.Topics;

namespace Recoup.Embedded.Kafka.Apis;

/// <summary>ListOffsets and OffsetForLeaderEpoch: where logs begin, end, and where a time is.</summary>
internal sealed class OffsetsApi(TopicRegistry topics)
{
    private const long Latest = -1;
    private const long Earliest = -2;

    public WireWriter ListOffsets(in RequestContext request)
    {
        var body = request.Body;
        var (version, answer) = (request.Version, request.Answer());
        body.Int32(); // Replica id.
        if (version >= 2)
        {
            body.Byte(); // Isolation level: without transactions both end at the same offset.
            answer.NoThrottle();
        }

        var topicsLeft = body.ArrayLength();
        answer.Int32(topicsLeft);
        for (; topicsLeft > 0; topicsLeft--)
        {
            var topic = body.String();
            var left = body.ArrayLength();
            answer.String(topic);
            answer.Int32(left);
            for (; left > 0; left--)
            {
                var index = body.Int32();
                var epoch = version >= 4 ? body.Int32() : -1;
                var (error, offset, timestamp) = Look(topic, index, epoch, body.Int64());
                answer.Int32(index);
                answer.Error(error);
                answer.Int64(timestamp);
                answer.Int64(offset);
                if (version >= 4)
                {
                    answer.Int32(offset < 0 ? -1 : PartitionLog.LeaderEpoch);
                }
            }
        }

        return answer;
    }

    public WireWriter OffsetForLeaderEpoch(in RequestContext request)
    {
        var body = request.Body;
        var answer = request.Answer();
        if (request.Version >= 3)
        {
            body.Int32(); // Replica id.
        }

        answer.NoThrottle();
        var topicsLeft = body.ArrayLength();
        answer.Int32(topicsLeft);
        for (; topicsLeft > 0; topicsLeft--)
        {
            var topic = body.String();
            var left = body.ArrayLength();
            answer.String(topic);
            answer.Int32(left);
            for (; left > 0; left--)
            {
                var index = body.Int32();
                var current = body.Int32();
                WriteEpochEnd(answer, topics.Partition(topic, index), index, current, asked: body.Int32());
            }
        }

        return answer;
    }

    private static void WriteEpochEnd(WireWriter answer, PartitionLog? log, int index, int current, int asked)
    {
        var error = log is null ? ErrorCode.UnknownTopicOrPartition : LeaderEpochs.Check(current);
        var isKnown = error == ErrorCode.None && asked == PartitionLog.LeaderEpoch;
        answer.Error(error);
        answer.Int32(index);
        answer.Int32(isKnown ? PartitionLog.LeaderEpoch : -1);
        answer.Int64(isKnown ? log!.EndOffset : -1);
    }

    private (ErrorCode Error, long Offset, long Timestamp) Look(string topic, int index, int epoch, long timestamp)
    {
        if (topics.Partition(topic, index) is not { } log)
        {
            return (ErrorCode.UnknownTopicOrPartition, -1, -1);
        }

        if (LeaderEpochs.Check(epoch) is not ErrorCode.None and var epochError)
        {
            return (epochError, -1, -1);
        }

        return timestamp switch
        {
            Latest => (ErrorCode.None, log.EndOffset, -1),
            Earliest => (ErrorCode.None, log.StartOffset, -1),
            < 0 => (ErrorCode.UnsupportedVersion, -1, -1), // Other special times came with later versions.
            _ => log.FindTime(timestamp) is { } found ? (ErrorCode.None, found.Offset, found.Timestamp) : (ErrorCode.None, -1, -1),
        };
    }
}

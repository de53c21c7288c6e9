using Recoup.Embedded.Kafka.Log;
using Recoup.Embedded.Kafka.Protocol;
using Recoup.Embedded.Kafka.Records;
using Recoup.Embedded.Kafka.Topics;

namespace Recoup.Embedded.Kafka.Apis;

/// <summary>Produce: appends batches as they came, and answers when they are on the disk.</summary>
internal sealed class ProduceApi(TopicRegistry topics, TimeProvider clock)
{
    private const short WithErrorDetails = 8;
    private const short WithStartOffset = 5;
    private const int PartsMax = 2 * TopicRegistry.PartitionsMax;
    private const string Refused = "This broker has no transactions.";

    /// <summary>Everything is appended when this returns; the task waits for the disk. Null is the answer to a producer that wants none.</summary>
    /// <exception cref="ProtocolException">A producer that wants no answer sent something that cannot be stored: closing is the only way to tell.</exception>
    public Task<WireWriter?> HandleAsync(in RequestContext request)
    {
        var body = request.Body;
        body.NullableString(); // The transactional id: only transactional batches would need it, and they are refused.
        var acks = body.Int16();
        body.Int32(); // The time-out is for replicas to catch up; there are none.
        var parts = ReadParts(ref body);
        var isTransactional = false;
        foreach (var part in parts)
        {
            isTransactional |= IsTransactional(request, part);
        }

        foreach (var part in parts)
        {
            part.Outcome = acks is < -1 or > 1 ? new(ErrorCode.InvalidRequiredAcks, -1)
                : isTransactional ? new(ErrorCode.TransactionalIdAuthorizationFailed, -1)
                : Append(request, part);
        }

        return AnswerAsync(request, parts, acks, isTransactional ? Refused : null);
    }

    private static async Task<WireWriter?> AnswerAsync(RequestContext request, List<Part> parts, short acks, string? message)
    {
        if (acks == 0)
        {
            return parts.Find(part => part.Outcome.Error != ErrorCode.None) is { } bad
                ? throw new ProtocolException($"a batch for {bad.Topic}-{bad.Index} without acknowledgement: {bad.Outcome.Error}")
                : null;
        }

        foreach (var part in parts)
        {
            if (part.Outcome.Durable is { } durable)
            {
                await durable;
                if (part.Log!.EndOffset <= part.Outcome.BaseOffset)
                {
                    part.Outcome = new(ErrorCode.StorageError, -1);
                }
            }
        }

        return Write(request, parts, message);
    }

    /// <summary>Kafka keeps one batch a partition, the last; so does this.</summary>
    private static List<Part> ReadParts(ref WireReader body)
    {
        var parts = new Dictionary<(string, int), Part>();
        for (var topicsLeft = body.ArrayLength(); topicsLeft > 0; topicsLeft--)
        {
            var topic = body.String();
            for (var left = body.ArrayLength(); left > 0; left--)
            {
                var index = body.Int32();
                var (offset, length) = body.Records();
                parts[(topic, index)] = new Part(topic, index, offset, length);
                if (parts.Count > PartsMax)
                {
                    throw new ProtocolException($"a produce request for more than {PartsMax} partitions");
                }
            }
        }

        return [.. parts.Values];
    }

    private static Span<byte> Records(in RequestContext request, Part part) =>
        part.Length <= 0 ? [] : request.Frame.Span.Slice(request.BodyAt + part.Offset, part.Length);

    private static bool IsTransactional(in RequestContext request, Part part) =>
        BatchRules.FindOnly(Records(request, part), request.Version, out _) == ErrorCode.None && new RecordBatch(Records(request, part)).IsTransactional;

    private AppendOutcome Append(in RequestContext request, Part part)
    {
        var records = Records(request, part);
        var error = BatchRules.FindOnly(records, request.Version, out var size);
        if (error != ErrorCode.None)
        {
            return new(error, -1);
        }

        if (topics.Find(part.Topic) is not { } topic || topic.Partition(part.Index) is not { } log)
        {
            return new(ErrorCode.UnknownTopicOrPartition, -1);
        }

        var batch = new RecordBatch(records[..size]);
        var verdict = BatchRules.Check(batch, topic.Limits, clock.GetUtcNow().ToUnixTimeMilliseconds());
        if (verdict.Error != ErrorCode.None)
        {
            part.OutOfRange = verdict.TimestampsOutOfRange;
            return new(verdict.Error, verdict.Error is ErrorCode.MessageTooLarge or ErrorCode.CorruptMessage ? -1 : log.StartOffset);
        }

        part.Log = log;
        return log.Append(batch.Bytes);
    }

    private static WireWriter Write(RequestContext request, List<Part> parts, string? message)
    {
        var answer = request.Answer();
        var byTopic = parts.GroupBy(part => part.Topic, StringComparer.Ordinal).ToArray();
        answer.Int32(byTopic.Length);
        foreach (var topic in byTopic)
        {
            answer.String(topic.Key);
            answer.Int32(topic.Count());
            foreach (var part in topic)
            {
                WritePart(answer, part, request.Version, message);
            }
        }

        answer.NoThrottle();
        return answer;
    }

    private static void WritePart(WireWriter answer, Part part, short version, string? message)
    {
        answer.Int32(part.Index);
        answer.Error(part.Outcome.Error);
        answer.Int64(part.Outcome.Error == ErrorCode.None ? part.Outcome.BaseOffset : -1);
        answer.Int64(part.Outcome.Error == ErrorCode.None ? part.Outcome.AppendedAt : -1);
        if (version >= WithStartOffset)
        {
            answer.Int64(part.Outcome.StartOffset);
        }

        if (version < WithErrorDetails)
        {
            return;
        }

        answer.Int32(part.OutOfRange?.Count ?? 0);
        foreach (var index in part.OutOfRange ?? [])
        {
            answer.Int32(index);
            answer.NullableString($"The timestamp of record {index} is out of the topic's range.");
        }

        answer.NullableString(part.OutOfRange is null ? message : "One or more records have been rejected due to invalid timestamp");
    }

    private sealed class Part(string topic, int index, int offset, int length)
    {
        public string Topic { get; } = topic;

        public int Index { get; } = index;

        public int Offset { get; } = offset;

        public int Length { get; } = length;

        public PartitionLog? Log { get; set; }

        public AppendOutcome Outcome { get; set; }

        public IReadOnlyList<int>? OutOfRange { get; set; }
    }
}

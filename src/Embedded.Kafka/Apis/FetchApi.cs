using Recoup.Embedded.Kafka.Log;
using Recoup.Embedded.Kafka.Protocol;
using Recoup.Embedded.Kafka.Topics;

namespace Recoup.Embedded.Kafka.Apis;

/// <summary>Fetch: records from files straight into the answer; without enough of them it waits until some come or the time is over.</summary>
/// <param name="bytesMax">The most that one answer holds, whatever the client asks for.</param>
internal sealed class FetchApi(TopicRegistry topics, TimeProvider clock, int bytesMax)
{
    private const int BytesOfOnePartition = 64;

    public async Task<WireWriter> HandleAsync(RequestContext request)
    {
        var fetch = Read(request);
        if (fetch.SessionError != ErrorCode.None)
        {
            return Write(request, fetch, []);
        }

        var started = clock.GetTimestamp();
        while (true)
        {
            var waiter = new FetchWaiter();
            var plan = Plan(fetch);
            var left = fetch.WaitMax - clock.GetElapsedTime(started);
            if (IsEnough(fetch, plan) || left <= TimeSpan.Zero || request.Gone.IsCancellationRequested)
            {
                return Write(request, fetch, plan);
            }

            foreach (var part in fetch.Parts)
            {
                topics.Partition(part.Topic, part.Index)?.Register(waiter);
            }

            // Records may have come between looking and registering.
            plan = Plan(fetch);
            if (IsEnough(fetch, plan))
            {
                waiter.Wake();
                return Write(request, fetch, plan);
            }

            await waiter.WaitAsync(left, clock, request.Gone);
        }
    }

    private static bool IsEnough(FetchRequest fetch, Piece[] plan) =>
        plan.Length == 0 || plan.Any(piece => piece.Error != ErrorCode.None) || plan.Sum(piece => (long)piece.Slice.Length) >= fetch.BytesMin;

    private Piece[] Plan(FetchRequest fetch)
    {
        var plan = new Piece[fetch.Parts.Count];
        var left = Math.Clamp(fetch.BytesMax, 0, bytesMax);
        var isFirst = true;
        for (var index = 0; index < plan.Length; index++)
        {
            plan[index] = Plan(fetch.Parts[index], left, isFirst);
            left = Math.Max(0, left - plan[index].Slice.Length);
            isFirst &= plan[index].Slice.Length == 0;
        }

        return plan;
    }

    private Piece Plan(FetchPart part, int left, bool mayExceed)
    {
        if (topics.Partition(part.Topic, part.Index) is not { } log)
        {
            return new(ErrorCode.UnknownTopicOrPartition, -1, -1, default);
        }

        if (LeaderEpochs.Check(part.LeaderEpoch) is not ErrorCode.None and var epochError)
        {
            return new(epochError, -1, -1, default);
        }

        var (start, end) = (log.StartOffset, log.EndOffset);
        return part.Offset < start || part.Offset > end
            ? new(ErrorCode.OffsetOutOfRange, -1, -1, default)
            : new(ErrorCode.None, end, start, log.Locate(part.Offset, Math.Min(left, part.BytesMax), mayExceed));
    }

    private static FetchRequest Read(RequestContext request)
    {
        var body = request.Body;
        var version = request.Version;
        body.Int32(); // Replica id: there are no other brokers.
        var fetch = new FetchRequest(TimeSpan.FromMilliseconds(Math.Max(0, body.Int32())), body.Int32(), body.Int32(), IsReadCommitted: body.Byte() == 1, [])
        {
            SessionError = version >= 7 ? SessionError(body.Int32(), body.Int32()) : ErrorCode.None,
        };
        for (var topicsLeft = body.ArrayLength(); topicsLeft > 0; topicsLeft--)
        {
            var topic = body.String();
            for (var left = body.ArrayLength(); left > 0; left--)
            {
                var index = body.Int32();
                var epoch = version >= 9 ? body.Int32() : -1;
                var offset = body.Int64();
                if (version >= 5)
                {
                    body.Int64(); // The log start offset of a follower.
                }

                fetch.Parts.Add(new(topic, index, epoch, offset, body.Int32()));
            }
        }

        return fetch;
    }

    /// <summary>Every fetch is answered in full, which the protocol allows; so there is no session that a client could go on with.</summary>
    private static ErrorCode SessionError(int _, int epoch) => epoch is 0 or -1 ? ErrorCode.None : ErrorCode.FetchSessionIdNotFound;

    private static WireWriter Write(RequestContext request, FetchRequest fetch, Piece[] plan)
    {
        var answer = request.Answer(plan.Sum(piece => piece.Slice.Length + BytesOfOnePartition) + 1_024);
        answer.NoThrottle();
        if (request.Version >= 7)
        {
            answer.Error(fetch.SessionError);
            answer.Int32(0); // Session id.
        }

        var mark = answer.Mark();
        var topicCount = 0;
        answer.Int32(0);
        for (var index = 0; index < plan.Length; topicCount++)
        {
            var topic = fetch.Parts[index].Topic;
            var after = index;
            while (after < plan.Length && fetch.Parts[after].Topic == topic)
            {
                after++;
            }

            answer.String(topic);
            answer.Int32(after - index);
            for (; index < after; index++)
            {
                WritePart(answer, request.Version, fetch, fetch.Parts[index], plan[index]);
            }
        }

        answer.Int32At(mark, topicCount);
        return answer;
    }

    private static void WritePart(WireWriter answer, short version, FetchRequest fetch, FetchPart part, in Piece piece)
    {
        answer.Int32(part.Index);
        answer.Error(piece.Error);
        answer.Int64(piece.EndOffset); // High watermark.
        answer.Int64(piece.EndOffset); // Last stable offset: without transactions the same.
        if (version >= 5)
        {
            answer.Int64(piece.StartOffset);
        }

        // Aborted transactions: none; Kafka tells none from not asked.
        answer.Int32(piece.Error == ErrorCode.UnknownTopicOrPartition || (piece.Error == ErrorCode.None && fetch.IsReadCommitted) ? 0 : -1);
        if (version >= 11)
        {
            answer.Int32(-1); // Preferred read replica.
        }

        answer.Int32(piece.Slice.Length);
        if (piece.Slice.Segment is { } segment)
        {
            var room = answer.Room(piece.Slice.Length).Span;
            if (segment.Read(room, piece.Slice.Position) < room.Length)
            {
                throw new InvalidDataException($"{segment.Path} is shorter than its records.");
            }
        }
    }

    private sealed record FetchRequest(TimeSpan WaitMax, int BytesMin, int BytesMax, bool IsReadCommitted, List<FetchPart> Parts)
    {
        public ErrorCode SessionError { get; init; }
    }

    private readonly record struct FetchPart(string Topic, int Index, int LeaderEpoch, long Offset, int BytesMax);

    private readonly record struct Piece(ErrorCode Error, long EndOffset, long StartOffset, LogSlice Slice);
}

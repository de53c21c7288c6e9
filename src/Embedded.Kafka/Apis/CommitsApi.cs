using System.Text;
using Recoup.Embedded.Kafka.Groups;
using Recoup.Embedded.Kafka.Protocol;
using Recoup.Embedded.Kafka.Topics;

namespace Recoup.Embedded.Kafka.Apis;

/// <summary>OffsetCommit and OffsetFetch: how far a group has read.</summary>
internal sealed class CommitsApi(GroupCoordinator groups, TopicRegistry topics, TimeProvider clock)
{
    /// <summary>Kafka's offset.metadata.max.bytes.</summary>
    private const int MetadataBytesMax = 4_096;

    public async Task<WireWriter> CommitAsync(RequestContext request)
    {
        var commit = Read(request);
        var refusal = groups.CheckCommit(commit.Group, commit.Generation, commit.MemberId, commit.InstanceId);
        var errors = commit.Offsets.Select(each =>
            topics.Partition(each.Topic, each.Partition) is null ? ErrorCode.UnknownTopicOrPartition
            : refusal != ErrorCode.None ? refusal
            : Encoding.UTF8.GetByteCount(each.Offset.Metadata) > MetadataBytesMax ? ErrorCode.OffsetMetadataTooLarge
            : ErrorCode.None).ToArray();
        await groups.CommitAsync(commit.Group, commit.Offsets.Where((_, index) => errors[index] == ErrorCode.None));
        return WriteCommit(request, commit, errors);
    }

    public async Task<WireWriter> FetchAsync(RequestContext request)
    {
        var (groupId, wanted) = ReadFetch(request);
        var group = groups.Find(groupId);
        var found = wanted is null
            ? (group?.AllCommitted() ?? []).GroupBy(each => each.Topic, StringComparer.Ordinal).Select(topic => (topic.Key, topic.Select(each => (each.Partition, (CommittedOffset?)each.Offset)).ToArray())).ToArray()
            : [.. wanted.Select(topic => (topic.Topic, topic.Partitions.Select(partition => (partition, group?.Committed(topic.Topic, partition))).ToArray()))];
        await groups.DurableAsync();
        return WriteFetch(request, found);
    }

    private static WireWriter WriteCommit(RequestContext request, CommitRequest commit, ErrorCode[] errors)
    {
        var answer = request.Answer();
        if (request.Version >= 3)
        {
            answer.NoThrottle();
        }

        var index = 0;
        answer.Int32(commit.Topics.Count);
        foreach (var (topic, count) in commit.Topics)
        {
            answer.String(topic);
            answer.Int32(count);
            for (var after = index + count; index < after; index++)
            {
                answer.Int32(commit.Offsets[index].Partition);
                answer.Error(errors[index]);
            }
        }

        return answer;
    }

    private static WireWriter WriteFetch(RequestContext request, (string Topic, (int Partition, CommittedOffset? Offset)[] Partitions)[] found)
    {
        var answer = request.Answer();
        if (request.Version >= 3)
        {
            answer.NoThrottle();
        }

        answer.Int32(found.Length);
        foreach (var (topic, partitions) in found)
        {
            answer.String(topic);
            answer.Int32(partitions.Length);
            foreach (var (partition, offset) in partitions)
            {
                answer.Int32(partition);
                answer.Int64(offset?.Offset ?? -1);
                if (request.Version >= 5)
                {
                    answer.Int32(offset?.LeaderEpoch ?? -1);
                }

                answer.NullableString(offset?.Metadata ?? "");
                answer.Error(ErrorCode.None);
            }
        }

        if (request.Version >= 2)
        {
            answer.Error(ErrorCode.None);
        }

        return answer;
    }

    private CommitRequest Read(RequestContext request)
    {
        var body = request.Body;
        var (version, now) = (request.Version, clock.GetUtcNow());
        var (group, generation, memberId) = (body.String(), body.Int32(), body.String());
        var instanceId = version >= 7 ? body.NullableString() : null;
        if (version <= 4)
        {
            body.Int64(); // Retention: Kafka has not used it since 2.1 either.
        }

        var commit = new CommitRequest(group, generation, memberId, instanceId, [], []);
        for (var topicsLeft = body.ArrayLength(); topicsLeft > 0; topicsLeft--)
        {
            var (topic, count) = (body.String(), body.ArrayLength());
            commit.Topics.Add((topic, count));
            for (var left = count; left > 0; left--)
            {
                var (partition, offset, epoch) = (body.Int32(), body.Int64(), version >= 6 ? body.Int32() : -1);
                commit.Offsets.Add((topic, partition, new(offset, epoch, body.NullableString() ?? "", now)));
            }
        }

        return commit;
    }

    private static (string Group, List<(string Topic, List<int> Partitions)>? Wanted) ReadFetch(RequestContext request)
    {
        var body = request.Body;
        var group = body.String();
        var count = request.Version >= 2 ? body.NullableArrayLength() : body.ArrayLength();
        if (count < 0)
        {
            return (group, null);
        }

        var wanted = new List<(string, List<int>)>();
        for (; count > 0; count--)
        {
            var (topic, partitions) = (body.String(), new List<int>());
            for (var left = body.ArrayLength(); left > 0; left--)
            {
                partitions.Add(body.Int32());
            }

            wanted.Add((topic, partitions));
        }

        return (group, wanted);
    }

    private sealed record CommitRequest(
        string Group,
        int Generation,
        string MemberId,
        string? InstanceId,
        List<(string Topic, int Count)> Topics,
        List<(string Topic, int Partition, CommittedOffset Offset)> Offsets);
}

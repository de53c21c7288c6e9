using Recoup.Embedded.Kafka.Groups;
using Recoup.Embedded.Kafka.Protocol;
using Recoup.Embedded.Kafka.Topics;

namespace Recoup.Embedded.Kafka.Apis;

/// <summary>CreateTopics and DeleteTopics.</summary>
internal sealed class TopicsApi(TopicRegistry topics, GroupCoordinator groups)
{
    /// <summary>More partitions in one topic than a small broker should open files for.</summary>
    private const int PartitionsMax = 1_000;

    public WireWriter Create(in RequestContext request)
    {
        var body = request.Body;
        var wanted = new List<WantedTopic>();
        for (var left = body.ArrayLength(); left > 0; left--)
        {
            wanted.Add(WantedTopic.Read(ref body));
        }

        body.Int32(); // The time-out is for other brokers to learn of the topic.
        var isOnlyValidated = body.Boolean();
        var answer = request.Answer();
        answer.NoThrottle();
        var byName = wanted.GroupBy(topic => topic.Name, StringComparer.Ordinal).ToArray();
        answer.Int32(byName.Length);
        foreach (var same in byName)
        {
            var refusal = same.Count() > 1 ? new(ErrorCode.InvalidRequest, "Duplicate topic name.") : Create(same.First(), isOnlyValidated);
            answer.String(same.Key);
            answer.Error(refusal?.Error ?? ErrorCode.None);
            answer.Message(refusal?.Message);
        }

        return answer;
    }

    public async Task<WireWriter> DeleteAsync(RequestContext request)
    {
        var names = request.Body.Strings().Distinct(StringComparer.Ordinal).ToArray();
        var deleted = names.Where(topics.Delete).ToHashSet(StringComparer.Ordinal);
        await groups.ForgetTopicsAsync(deleted);
        var answer = request.Answer();
        answer.NoThrottle();
        answer.Int32(names.Length);
        foreach (var name in names)
        {
            answer.String(name);
            answer.Error(deleted.Contains(name) ? ErrorCode.None : ErrorCode.UnknownTopicOrPartition);
        }

        return answer;
    }

    private TopicRefusal? Create(WantedTopic wanted, bool isOnlyValidated)
    {
        if (topics.Refusal(wanted.Name) is { } refusal)
        {
            return refusal;
        }

        foreach (var (name, value) in wanted.Settings)
        {
            if (TopicSetting.Problem(name, value) is { } problem)
            {
                return new(ErrorCode.InvalidConfig, problem);
            }
        }

        if ((wanted.Assignments.Count > 0 ? AssignmentProblem(wanted) : SizeProblem(wanted)) is { } problematic)
        {
            return problematic;
        }

        var partitions = wanted.Assignments.Count > 0 ? wanted.Assignments.Count : wanted.Partitions == -1 ? topics.Defaults.Partitions : wanted.Partitions;
        var settings = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in wanted.Settings)
        {
            settings[name] = value!;
        }

        return isOnlyValidated ? null : topics.Create(new TopicRecord(wanted.Name, partitions, settings));
    }

    private static TopicRefusal? SizeProblem(WantedTopic wanted)
    {
        if (wanted.ReplicationFactor is < -1 or 0)
        {
            return new(ErrorCode.InvalidReplicationFactor, "Replication factor must be larger than 0, or -1 to use the default value.");
        }

        if (wanted.Partitions is < -1 or 0)
        {
            return new(ErrorCode.InvalidPartitions, "Number of partitions was set to an invalid non-positive value.");
        }

        if (wanted.ReplicationFactor > 1)
        {
            return new(ErrorCode.InvalidReplicationFactor, $"Unable to replicate the partition {wanted.ReplicationFactor} time(s): there is one broker, so the replication factor is 1.");
        }

        return wanted.Partitions > PartitionsMax
            ? new(ErrorCode.InvalidPartitions, $"{wanted.Partitions} partitions are more than the {PartitionsMax} that a topic can have here.")
            : null;
    }

    private static TopicRefusal? AssignmentProblem(WantedTopic wanted)
    {
        if (wanted.ReplicationFactor != -1)
        {
            return new(ErrorCode.InvalidRequest, "A manual partition assignment was specified, but replication factor was not set to -1.");
        }

        if (wanted.Partitions != -1)
        {
            return new(ErrorCode.InvalidRequest, "A manual partition assignment was specified, but numPartitions was not set to -1.");
        }

        foreach (var (_, brokers) in wanted.Assignments)
        {
            if (brokers.Count != 1 || brokers[0] != BrokerIdentity.NodeId)
            {
                return new(ErrorCode.InvalidReplicaAssignment, $"The manual partition assignment includes other brokers than {BrokerIdentity.NodeId}, the only one registered.");
            }
        }

        return wanted.Assignments.Select(each => each.Partition).Order().SequenceEqual(Enumerable.Range(0, wanted.Assignments.Count)) && wanted.Assignments.Count <= PartitionsMax
            ? null
            : new(ErrorCode.InvalidReplicaAssignment, "Partitions should be a consecutive 0-based integer sequence.");
    }

    private sealed record WantedTopic(string Name, int Partitions, short ReplicationFactor, List<(int Partition, List<int> Brokers)> Assignments, List<(string Name, string? Value)> Settings)
    {
        public static WantedTopic Read(ref WireReader body)
        {
            var wanted = new WantedTopic(body.String(), body.Int32(), body.Int16(), [], []);
            for (var left = body.ArrayLength(); left > 0; left--)
            {
                var partition = body.Int32();
                var brokers = new List<int>();
                for (var brokersLeft = body.ArrayLength(); brokersLeft > 0; brokersLeft--)
                {
                    brokers.Add(body.Int32());
                }

                wanted.Assignments.Add((partition, brokers));
            }

            for (var left = body.ArrayLength(); left > 0; left--)
            {
                wanted.Settings.Add((body.String(), body.NullableString()));
            }

            return wanted;
        }
    }
}

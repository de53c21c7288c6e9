using System.Net;
using Recoup.Embedded.Kafka.Log;
using Recoup.Embedded.Kafka.Protocol;
using Recoup.Embedded.Kafka.Topics;

namespace Recoup.Embedded.Kafka.Apis;

/// <summary>What a client is told about the one broker.</summary>
/// <param name="AdvertisedHost">What to connect to; null for the address by which the client came.</param>
/// <param name="AutoCreatesTopics">Whether asking for a topic makes it.</param>
internal sealed record BrokerIdentity(string ClusterId, string? AdvertisedHost, bool AutoCreatesTopics)
{
    public const int NodeId = 1;

    public string HostFor(IPEndPoint local) => AdvertisedHost ?? (local.Address.IsIPv4MappedToIPv6 ? local.Address.MapToIPv4() : local.Address).ToString();
}

/// <summary>Metadata: the broker, topics and partitions.</summary>
internal sealed class MetadataApi(TopicRegistry topics, BrokerIdentity broker)
{
    public WireWriter Handle(in RequestContext request)
    {
        var body = request.Body;
        var version = request.Version;
        var count = version == 0 ? body.ArrayLength() : body.NullableArrayLength();
        var names = new List<string>();
        for (var left = count; left > 0; left--)
        {
            names.Add(body.String());
        }

        var mayCreate = (version < 4 || body.Boolean()) && broker.AutoCreatesTopics;
        var withClusterOperations = version >= 8 && body.Boolean();
        var withTopicOperations = version >= 8 && body.Boolean();
        var isAll = count < 0 || (version == 0 && count == 0);
        var listed = isAll ? topics.All.Select(topic => topic.Name) : names.Distinct(StringComparer.Ordinal);

        var answer = request.Answer(1_024);
        WriteBroker(answer, request, version);
        var described = listed.Select(name => Describe(name, mayCreate && !isAll)).ToArray();
        answer.Int32(described.Length);
        foreach (var (name, topic, error) in described)
        {
            WriteTopic(answer, version, name, topic, error);
            if (version >= 8)
            {
                answer.Int32(withTopicOperations && topic is not null ? Operations.OnTopic : Operations.NotAsked);
            }
        }

        if (version >= 8)
        {
            answer.Int32(withClusterOperations ? Operations.OnCluster : Operations.NotAsked);
        }

        return answer;
    }

    private (string Name, Topic? Topic, ErrorCode Error) Describe(string name, bool mayCreate)
    {
        if (topics.Find(name) is { } topic)
        {
            return (name, topic, ErrorCode.None);
        }

        if (TopicName.Problem(name) is not null)
        {
            return (name, null, ErrorCode.InvalidTopic);
        }

        if (!mayCreate)
        {
            return (name, null, ErrorCode.UnknownTopicOrPartition);
        }

        var refusal = topics.Create(new TopicRecord(name, topics.Defaults.Partitions, []));
        return topics.Find(name) is { } created ? (name, created, ErrorCode.None) : (name, null, refusal?.Error ?? ErrorCode.UnknownTopicOrPartition);
    }

    private void WriteBroker(WireWriter answer, in RequestContext request, short version)
    {
        if (version >= 3)
        {
            answer.NoThrottle();
        }

        answer.Int32(1);
        answer.Int32(BrokerIdentity.NodeId);
        answer.String(broker.HostFor(request.Local));
        answer.Int32(request.Local.Port);
        if (version >= 1)
        {
            answer.NullableString(null); // Rack.
        }

        if (version >= 2)
        {
            answer.NullableString(broker.ClusterId);
        }

        if (version >= 1)
        {
            answer.Int32(BrokerIdentity.NodeId); // Controller.
        }
    }

    private static void WriteTopic(WireWriter answer, short version, string name, Topic? topic, ErrorCode error)
    {
        answer.Error(error);
        answer.String(name);
        if (version >= 1)
        {
            answer.Boolean(false); // No topic is internal.
        }

        var partitions = topic?.Partitions.Count ?? 0;
        answer.Int32(partitions);
        for (var index = 0; index < partitions; index++)
        {
            answer.Error(ErrorCode.None);
            answer.Int32(index);
            answer.Int32(BrokerIdentity.NodeId); // Leader.
            if (version >= 7)
            {
                answer.Int32(PartitionLog.LeaderEpoch);
            }

            WriteOnlyNode(answer); // Replicas.
            WriteOnlyNode(answer); // Replicas in sync.
            if (version >= 5)
            {
                answer.Int32(0); // Replicas offline.
            }
        }
    }

    private static void WriteOnlyNode(WireWriter answer)
    {
        answer.Int32(1);
        answer.Int32(BrokerIdentity.NodeId);
    }
}

using Recoup.Embedded.Kafka.Groups;
using Recoup.Embedded.Kafka.Protocol;
using Recoup.Embedded.Kafka.Topics;

namespace Recoup.Embedded.Kafka.Apis;

/// <summary>Gives each request to whom it is for.</summary>
internal sealed class Broker(TopicRegistry topics, GroupCoordinator groups, ProducerIds producerIds, BrokerIdentity identity, TimeProvider clock, int fetchBytesMax)
{
    private readonly ProduceApi produce = new(topics, clock);
    private readonly FetchApi fetch = new(topics, clock, fetchBytesMax);
    private readonly OffsetsApi offsets = new(topics);
    private readonly MetadataApi metadata = new(topics, identity);
    private readonly TopicsApi topicAdministration = new(topics, groups);
    private readonly ConfigsApi configs = new(topics, identity);
    private readonly ProducerIdApi producers = new(producerIds);
    private readonly GroupsApi groupLife = new(groups, identity);
    private readonly GroupListsApi groupLists = new(groups);
    private readonly CommitsApi commits = new(groups, topics, clock);

    /// <summary>
    /// The answer to a request; null when there is none. A produce request has left the frame when this returns, others when the task ends.
    /// </summary>
    /// <exception cref="ProtocolException">The request cannot be read: the connection has to be closed.</exception>
    public async Task<WireWriter?> HandleAsync(RequestContext request) => request.Header.Key switch
    {
        ApiKey.Produce => await produce.HandleAsync(request),
        ApiKey.Fetch => await fetch.HandleAsync(request),
        ApiKey.ListOffsets => offsets.ListOffsets(request),
        ApiKey.Metadata => metadata.Handle(request),
        ApiKey.OffsetCommit => await commits.CommitAsync(request),
        ApiKey.OffsetFetch => await commits.FetchAsync(request),
        ApiKey.FindCoordinator => groupLife.FindCoordinator(request),
        ApiKey.JoinGroup => await groupLife.JoinAsync(request),
        ApiKey.Heartbeat => groupLife.Heartbeat(request),
        ApiKey.LeaveGroup => await groupLife.LeaveAsync(request),
        ApiKey.SyncGroup => await groupLife.SyncAsync(request),
        ApiKey.DescribeGroups => groupLists.Describe(request),
        ApiKey.ListGroups => groupLists.List(request),
        ApiKey.ApiVersions => ApiVersionsApi.Handle(request),
        ApiKey.CreateTopics => topicAdministration.Create(request),
        ApiKey.DeleteTopics => await topicAdministration.DeleteAsync(request),
        ApiKey.InitProducerId => producers.Handle(request),
        ApiKey.OffsetForLeaderEpoch => offsets.OffsetForLeaderEpoch(request),
        ApiKey.DescribeConfigs => configs.Handle(request),
        var other => throw new ProtocolException($"request {other} is not offered"),
    };
}

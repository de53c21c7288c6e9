using Recoup.Embedded.Kafka.Protocol;

namespace Recoup.Embedded.Kafka.Groups;

/// <summary>A way to share partitions that a member offers, and what it says to the leader under it.</summary>
internal sealed record GroupProtocol(string Name, byte[] Metadata);

/// <summary>Somebody wants to be in a group. Times are milliseconds.</summary>
/// <param name="RequiresKnownMember">Whether a new member is only given an id at first, so that one that went away leaves nothing behind.</param>
internal sealed record JoinRequest(
    string MemberId,
    string? InstanceId,
    string ClientId,
    string ClientHost,
    int SessionTimeout,
    int RebalanceTimeout,
    string ProtocolType,
    IReadOnlyList<GroupProtocol> Protocols,
    bool RequiresKnownMember);

/// <summary>The members are told to the leader alone.</summary>
internal sealed record JoinResult(ErrorCode Error, string MemberId, int Generation = -1, string Protocol = "", string Leader = "", IReadOnlyList<JoinedMember>? Members = null);

internal sealed record JoinedMember(string MemberId, string? InstanceId, byte[] Metadata);

internal sealed record SyncResult(ErrorCode Error, byte[] Assignment);

/// <summary>One member of a group.</summary>
internal sealed class GroupMember(string id, JoinRequest request)
{
    public string Id { get; } = id;

    public string? InstanceId { get; } = request.InstanceId;

    public string ClientId { get; private set; } = request.ClientId;

    public string ClientHost { get; private set; } = request.ClientHost;

    public TimeSpan SessionTimeout { get; private set; } = TimeSpan.FromMilliseconds(request.SessionTimeout);

    public TimeSpan RebalanceTimeout { get; private set; } = TimeSpan.FromMilliseconds(Math.Max(0, request.RebalanceTimeout));

    public IReadOnlyList<GroupProtocol> Protocols { get; private set; } = request.Protocols;

    public byte[] Assignment { get; set; } = [];

    /// <summary>Set while it waits for the others to join.</summary>
    public TaskCompletionSource<JoinResult>? Joining { get; private set; }

    /// <summary>Set while it waits for its share.</summary>
    public TaskCompletionSource<SyncResult>? Syncing { get; private set; }

    /// <summary>Whether it asked for its share since the last join.</summary>
    public bool HasSynced { get; set; }

    /// <summary>When it counts as gone, unless it shows up.</summary>
    public DateTimeOffset SessionEndsAt { get; set; }

    /// <summary>Who waits for an answer of the broker cannot send a heartbeat.</summary>
    public bool IsWaiting => Joining is not null || Syncing is not null;

    public void Update(JoinRequest request)
    {
        (ClientId, ClientHost, Protocols) = (request.ClientId, request.ClientHost, request.Protocols);
        SessionTimeout = TimeSpan.FromMilliseconds(request.SessionTimeout);
        RebalanceTimeout = TimeSpan.FromMilliseconds(Math.Max(0, request.RebalanceTimeout));
    }

    public Task<JoinResult> WaitForJoin()
    {
        // The same member on another connection: the first one has nobody who reads the answer.
        EndJoin(new JoinResult(ErrorCode.RebalanceInProgress, Id));
        Joining = new(TaskCreationOptions.RunContinuationsAsynchronously);
        return Joining.Task;
    }

    public Task<SyncResult> WaitForSync()
    {
        EndSync(new SyncResult(ErrorCode.RebalanceInProgress, []));
        Syncing = new(TaskCreationOptions.RunContinuationsAsynchronously);
        return Syncing.Task;
    }

    public void EndJoin(JoinResult result)
    {
        Joining?.TrySetResult(result);
        Joining = null;
    }

    public void EndSync(SyncResult result)
    {
        Syncing?.TrySetResult(result);
        Syncing = null;
    }

    public bool Offers(IReadOnlyList<GroupProtocol> protocols) =>
        Protocols.Count == protocols.Count && Protocols.Zip(protocols).All(pair => pair.First.Name == pair.Second.Name && pair.First.Metadata.AsSpan().SequenceEqual(pair.Second.Metadata));

    public byte[] MetadataFor(string protocol) => Protocols.First(each => each.Name == protocol).Metadata;
}

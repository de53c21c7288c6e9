using Recoup.Embedded.Kafka.Protocol;

namespace Recoup.Embedded.Kafka.Groups;

/// <summary>The states of a group. The names are Kafka's and are shown to clients.</summary>
internal enum GroupState
{
    Empty,
    PreparingRebalance,
    CompletingRebalance,
    Stable,
    Dead,
}

/// <summary>
/// One consumer group: who is in it, whose turn it is to share the partitions, and what was committed. The rules are those of Kafka's
/// classic group protocol. Every method takes the group's lock; nothing here waits or writes, so a caller saves what changed
/// (<see cref="GroupCoordinator"/>) before it answers.
/// </summary>
internal sealed partial class Group : IDisposable
{
    /// <summary>Members and those about to be.</summary>
    private const int SizeMax = 10_000;

    private readonly Lock gate = new();
    private readonly TimeProvider clock;
    private readonly ITimer timer;
    private readonly Action<Group> changed;
    private readonly Dictionary<string, GroupMember> members = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> instances = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DateTimeOffset> pending = new(StringComparer.Ordinal);
    private DateTimeOffset rebalanceEndsAt;
    private string? leader;

    /// <param name="changed">Called under the lock when what a restart must know has changed.</param>
    public Group(string id, TimeProvider clock, Action<Group> changed)
    {
        (Id, this.clock, this.changed) = (id, clock, changed);
        EmptySince = clock.GetUtcNow();
        timer = clock.CreateTimer(static group => ((Group)group!).Expire(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public string Id { get; }

    public GroupState State { get; private set; }

    public int Generation { get; private set; }

    public string ProtocolType { get; private set; } = "";

    public string? Protocol { get; private set; }

    /// <summary>Since when it has had no members.</summary>
    public DateTimeOffset EmptySince { get; private set; }

    public Task<JoinResult> Join(JoinRequest request)
    {
        lock (gate)
        {
            var joined = JoinLocked(request);
            Schedule();
            return joined;
        }
    }

    public Task<SyncResult> Sync(int generation, string memberId, string? instanceId, IReadOnlyDictionary<string, byte[]> assignments)
    {
        lock (gate)
        {
            var synced = SyncLocked(generation, memberId, instanceId, assignments);
            Schedule();
            return synced;
        }
    }

    public ErrorCode Heartbeat(int generation, string memberId, string? instanceId)
    {
        lock (gate)
        {
            if (CheckMember(memberId, instanceId) is not ErrorCode.None and var unknown)
            {
                return unknown;
            }

            if (generation != Generation)
            {
                return ErrorCode.IllegalGeneration;
            }

            Extend(members[memberId]);
            Schedule();
            return State == GroupState.PreparingRebalance ? ErrorCode.RebalanceInProgress : ErrorCode.None;
        }
    }

    public ErrorCode Leave(string memberId, string? instanceId)
    {
        lock (gate)
        {
            if (instanceId is null && pending.Remove(memberId))
            {
                TryCompleteJoin();
                Schedule();
                return ErrorCode.None;
            }

            if (instanceId is not null && memberId.Length == 0)
            {
                memberId = instances.GetValueOrDefault(instanceId, "");
            }

            if (CheckMember(memberId, instanceId) is not ErrorCode.None and var unknown)
            {
                return unknown;
            }

            Remove(members[memberId], ErrorCode.UnknownMemberId);
            Schedule();
            return ErrorCode.None;
        }
    }

    /// <summary>What a restart must know; null without members.</summary>
    public GroupSnapshot Snapshot()
    {
        lock (gate)
        {
            return new(ProtocolType, Generation, Protocol, leader, [.. members.Values.Select(MemberSnapshot.Of)]);
        }
    }

    /// <summary>Takes over what was kept before a restart. Members have a whole session to show up.</summary>
    public void Restore(GroupSnapshot snapshot)
    {
        lock (gate)
        {
            (ProtocolType, Generation, Protocol, leader) = (snapshot.ProtocolType, snapshot.Generation, snapshot.Protocol, snapshot.Leader);
            foreach (var kept in snapshot.Members)
            {
                var member = kept.ToMember();
                Add(member);
                Extend(member);
            }

            State = members.Count == 0 ? GroupState.Empty : GroupState.Stable;
            Schedule();
        }
    }

    public GroupDescription Describe()
    {
        lock (gate)
        {
            var isStable = State == GroupState.Stable;
            return new(State, ProtocolType, isStable ? Protocol! : "", [.. members.Values.Select(member =>
                new DescribedMember(member.Id, member.InstanceId, member.ClientId, member.ClientHost, isStable ? member.MetadataFor(Protocol!) : [], isStable ? member.Assignment : []))]);
        }
    }

    public void Dispose()
    {
        lock (gate)
        {
            State = GroupState.Dead;
            timer.Dispose();
        }
    }

    /// <summary>Ends every wait, because the broker stops.</summary>
    public void Release()
    {
        lock (gate)
        {
            foreach (var member in members.Values)
            {
                member.EndJoin(new(ErrorCode.RebalanceInProgress, member.Id));
                member.EndSync(new(ErrorCode.RebalanceInProgress, []));
            }
        }
    }

    private Task<SyncResult> SyncLocked(int generation, string memberId, string? instanceId, IReadOnlyDictionary<string, byte[]> assignments)
    {
        if (CheckMember(memberId, instanceId) is not ErrorCode.None and var unknown)
        {
            return Task.FromResult(new SyncResult(unknown, []));
        }

        if (generation != Generation)
        {
            return Task.FromResult(new SyncResult(ErrorCode.IllegalGeneration, []));
        }

        var member = members[memberId];
        switch (State)
        {
            case GroupState.Stable:
                Extend(member);
                return Task.FromResult(new SyncResult(ErrorCode.None, member.Assignment));
            case GroupState.CompletingRebalance:
                member.HasSynced = true;
                var waiting = member.WaitForSync();
                if (memberId == leader)
                {
                    Share(assignments);
                }

                return waiting;
            default:
                return Task.FromResult(new SyncResult(ErrorCode.RebalanceInProgress, []));
        }
    }

    /// <summary>The leader has spoken: everybody gets its share, and those it forgot get an empty one.</summary>
    private void Share(IReadOnlyDictionary<string, byte[]> assignments)
    {
        foreach (var member in members.Values)
        {
            member.Assignment = assignments.GetValueOrDefault(member.Id, []);
        }

        State = GroupState.Stable;
        changed(this);
        foreach (var member in members.Values)
        {
            Extend(member);
            member.EndSync(new(ErrorCode.None, member.Assignment));
        }
    }

    private ErrorCode CheckMember(string memberId, string? instanceId)
    {
        if (instanceId is not null)
        {
            return !instances.TryGetValue(instanceId, out var current) ? ErrorCode.UnknownMemberId
                : current != memberId ? ErrorCode.FencedInstanceId
                : ErrorCode.None;
        }

        return members.ContainsKey(memberId) ? ErrorCode.None : ErrorCode.UnknownMemberId;
    }

    private void Add(GroupMember member)
    {
        members.Add(member.Id, member);
        leader ??= member.Id;
        if (member.InstanceId is not null)
        {
            instances[member.InstanceId] = member.Id;
        }
    }

    private void Extend(GroupMember member) => member.SessionEndsAt = clock.GetUtcNow() + member.SessionTimeout;
}

/// <summary>A group as it is shown.</summary>
internal sealed record GroupDescription(GroupState State, string ProtocolType, string Protocol, IReadOnlyList<DescribedMember> Members);

internal sealed record DescribedMember(string MemberId, string? InstanceId, string ClientId, string ClientHost, byte[] Metadata, byte[] Assignment);

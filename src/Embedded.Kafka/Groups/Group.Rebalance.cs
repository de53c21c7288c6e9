using Recoup.Embedded.Kafka.Protocol;

namespace Recoup.Embedded.Kafka.Groups;

/// <content>Joining, rebalancing, and what happens when somebody is late.</content>
internal sealed partial class Group
{
    private bool HaveAllJoined => pending.Count == 0 && members.Values.All(member => member.Joining is not null);

    private Task<JoinResult> JoinLocked(JoinRequest request)
    {
        if (State == GroupState.Dead || (members.Count == 0 && request.MemberId.Length > 0 && !pending.ContainsKey(request.MemberId)))
        {
            return Refuse(ErrorCode.UnknownMemberId, request.MemberId);
        }

        if (!Supports(request))
        {
            return Refuse(ErrorCode.InconsistentGroupProtocol, request.MemberId);
        }

        if (request.MemberId.Length == 0)
        {
            return members.Count + pending.Count >= SizeMax ? Refuse(ErrorCode.GroupMaxSizeReached, "") : JoinNew(request);
        }

        if (pending.Remove(request.MemberId))
        {
            return AddAndRebalance(new GroupMember(request.MemberId, request), request);
        }

        if (CheckMember(request.MemberId, request.InstanceId) is not ErrorCode.None and var unknown)
        {
            return Refuse(unknown, request.MemberId);
        }

        return Rejoin(members[request.MemberId], request);
    }

    private Task<JoinResult> JoinNew(JoinRequest request)
    {
        var id = $"{request.InstanceId ?? request.ClientId}-{Guid.NewGuid()}";
        if (request.InstanceId is not null)
        {
            return instances.TryGetValue(request.InstanceId, out var former) ? Replace(members[former], id, request) : AddAndRebalance(new GroupMember(id, request), request);
        }

        if (!request.RequiresKnownMember)
        {
            return AddAndRebalance(new GroupMember(id, request), request);
        }

        pending[id] = clock.GetUtcNow() + TimeSpan.FromMilliseconds(request.SessionTimeout);
        return Refuse(ErrorCode.MemberIdRequired, id);
    }

    private Task<JoinResult> Rejoin(GroupMember member, JoinRequest request)
    {
        var isSame = member.Offers(request.Protocols);
        if (State == GroupState.PreparingRebalance || !isSame || (State == GroupState.Stable && member.Id == leader))
        {
            return UpdateAndRebalance(member, request);
        }

        // The answer to its join was lost, or it asks again without a reason: nothing has changed.
        Extend(member);
        return Task.FromResult(Current(member, leader!));
    }

    /// <summary>A static member came back under a new id, so whoever still uses the old one is shut out.</summary>
    private Task<JoinResult> Replace(GroupMember former, string id, JoinRequest request)
    {
        var formerLeader = leader!;
        var isSame = former.Offers(request.Protocols);
        former.EndJoin(new(ErrorCode.FencedInstanceId, former.Id));
        former.EndSync(new(ErrorCode.FencedInstanceId, []));
        members.Remove(former.Id);
        var member = new GroupMember(id, request) { Assignment = former.Assignment };
        if (leader == former.Id)
        {
            leader = id;
        }

        Add(member);
        Extend(member);
        if (State != GroupState.Stable || !isSame)
        {
            return UpdateAndRebalance(member, request);
        }

        // Its share is still the same. It is told of the former leader, so that it does not share the partitions anew.
        changed(this);
        return Task.FromResult(new JoinResult(ErrorCode.None, id, Generation, Protocol!, formerLeader, []));
    }

    private Task<JoinResult> AddAndRebalance(GroupMember member, JoinRequest request)
    {
        if (members.Count == 0)
        {
            ProtocolType = request.ProtocolType;
        }

        Add(member);
        return WaitInRebalance(member);
    }

    private Task<JoinResult> UpdateAndRebalance(GroupMember member, JoinRequest request)
    {
        member.Update(request);
        return WaitInRebalance(member);
    }

    private Task<JoinResult> WaitInRebalance(GroupMember member)
    {
        var waiting = member.WaitForJoin();
        if (State != GroupState.PreparingRebalance)
        {
            Prepare();
        }

        TryCompleteJoin();
        return waiting;
    }

    /// <summary>From now on everybody has to join again, and has as long as the most patient member allows.</summary>
    private void Prepare()
    {
        foreach (var member in members.Values)
        {
            member.EndSync(new(ErrorCode.RebalanceInProgress, []));
        }

        State = GroupState.PreparingRebalance;
        rebalanceEndsAt = clock.GetUtcNow() + RebalanceTimeoutMax();
    }

    private TimeSpan RebalanceTimeoutMax() => members.Values.Select(member => member.RebalanceTimeout).DefaultIfEmpty().Max();

    private void TryCompleteJoin()
    {
        if (State == GroupState.PreparingRebalance && HaveAllJoined)
        {
            CompleteJoin();
        }
    }

    /// <summary>A new generation begins with those who joined; static members may be late.</summary>
    private void CompleteJoin()
    {
        foreach (var late in members.Values.Where(member => member.Joining is null && member.InstanceId is null).ToArray())
        {
            Forget(late, ErrorCode.UnknownMemberId);
        }

        Generation++;
        if (members.Count == 0)
        {
            BecomeEmpty();
            return;
        }

        if (members[leader!].Joining is null && members.Values.FirstOrDefault(member => member.Joining is not null) is { } present)
        {
            leader = present.Id;
        }

        State = GroupState.CompletingRebalance;
        Protocol = Vote();
        rebalanceEndsAt = clock.GetUtcNow() + RebalanceTimeoutMax();
        foreach (var member in members.Values)
        {
            member.HasSynced = false;
            Extend(member);
            member.EndJoin(Current(member, leader!));
        }
    }

    private JoinResult Current(GroupMember member, string leaderId) =>
        new(ErrorCode.None, member.Id, Generation, Protocol!, leaderId, member.Id == leaderId
            ? [.. members.Values.Select(each => new JoinedMember(each.Id, each.InstanceId, each.MetadataFor(Protocol!)))]
            : []);

    private void BecomeEmpty()
    {
        (State, Protocol, leader, EmptySince) = (GroupState.Empty, null, null, clock.GetUtcNow());
        changed(this);
    }

    /// <summary>Each member votes for the first of its protocols that all have.</summary>
    private string Vote()
    {
        var common = Common().ToHashSet(StringComparer.Ordinal);
        return members.Values
            .Select(member => member.Protocols.First(protocol => common.Contains(protocol.Name)).Name)
            .GroupBy(name => name, StringComparer.Ordinal)
            .MaxBy(votes => votes.Count())!.Key;
    }

    private IEnumerable<string> Common() =>
        members.Values.First().Protocols.Select(protocol => protocol.Name).Where(name => members.Values.All(member => member.Protocols.Any(other => other.Name == name)));

    private bool Supports(JoinRequest request)
    {
        if (request.ProtocolType.Length == 0 || request.Protocols.Count == 0)
        {
            return false;
        }

        return members.Count == 0 || (ProtocolType == request.ProtocolType && Common().Intersect(request.Protocols.Select(protocol => protocol.Name), StringComparer.Ordinal).Any());
    }

    private void Remove(GroupMember member, ErrorCode reason)
    {
        Forget(member, reason);
        if (State is GroupState.Stable or GroupState.CompletingRebalance)
        {
            Prepare();
        }

        TryCompleteJoin();
    }

    private void Forget(GroupMember member, ErrorCode reason)
    {
        member.EndJoin(new(reason, member.Id));
        member.EndSync(new(reason, []));
        members.Remove(member.Id);
        if (member.InstanceId is not null && instances.GetValueOrDefault(member.InstanceId) == member.Id)
        {
            instances.Remove(member.InstanceId);
        }

        if (leader == member.Id)
        {
            leader = members.Keys.FirstOrDefault();
        }
    }

    private static Task<JoinResult> Refuse(ErrorCode error, string memberId) => Task.FromResult(new JoinResult(error, memberId));

    /// <summary>One timer a group, set to the first moment at which somebody would be late.</summary>
    private void Schedule()
    {
        var first = pending.Values.DefaultIfEmpty(DateTimeOffset.MaxValue).Min();
        foreach (var member in members.Values)
        {
            if (!member.IsWaiting && member.SessionEndsAt < first)
            {
                first = member.SessionEndsAt;
            }
        }

        if (State is GroupState.PreparingRebalance or GroupState.CompletingRebalance && rebalanceEndsAt < first)
        {
            first = rebalanceEndsAt;
        }

        var wait = first == DateTimeOffset.MaxValue ? Timeout.InfiniteTimeSpan : Later(first - clock.GetUtcNow());
        timer.Change(wait, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Timers count whole milliseconds and must not come before their time.</summary>
    private static TimeSpan Later(TimeSpan wait) => wait <= TimeSpan.Zero ? TimeSpan.Zero : TimeSpan.FromMilliseconds(Math.Min(Math.Ceiling(wait.TotalMilliseconds), int.MaxValue));

    private void Expire()
    {
        lock (gate)
        {
            if (State == GroupState.Dead)
            {
                return;
            }

            var now = clock.GetUtcNow();
            foreach (var (id, _) in pending.Where(each => each.Value <= now).ToArray())
            {
                pending.Remove(id);
            }

            foreach (var silent in members.Values.Where(member => !member.IsWaiting && member.SessionEndsAt <= now).ToArray())
            {
                Remove(silent, ErrorCode.UnknownMemberId);
            }

            ExpireRebalance(now);
            TryCompleteJoin();
            Schedule();
        }
    }

    private void ExpireRebalance(DateTimeOffset now)
    {
        if (rebalanceEndsAt > now)
        {
            return;
        }

        if (State == GroupState.PreparingRebalance)
        {
            pending.Clear();
            if (members.Values.All(member => member.Joining is null && member.InstanceId is not null) && members.Count > 0)
            {
                rebalanceEndsAt = now + RebalanceTimeoutMax(); // Only static members, none here yet: they have until their sessions end.
                return;
            }

            CompleteJoin();
        }
        else if (State == GroupState.CompletingRebalance)
        {
            foreach (var late in members.Values.Where(member => !member.HasSynced).ToArray())
            {
                Remove(late, ErrorCode.UnknownMemberId);
            }
        }
    }
}

using Recoup.Embedded.Kafka.Protocol;

namespace Recoup.Embedded.Kafka.Groups;

/// <content>Who may join, and what a join means in each state.</content>
internal sealed partial class Group
{
    private const int NameInIdMax = 200;

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
        var name = request.InstanceId ?? request.ClientId;
        var id = $"{name[..Math.Min(name.Length, NameInIdMax)]}-{Guid.NewGuid()}";
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

    private bool Supports(JoinRequest request)
    {
        if (request.ProtocolType.Length == 0 || request.Protocols.Count == 0)
        {
            return false;
        }

        return members.Count == 0 || (ProtocolType == request.ProtocolType && Common().Intersect(request.Protocols.Select(protocol => protocol.Name), StringComparer.Ordinal).Any());
    }

    private static Task<JoinResult> Refuse(ErrorCode error, string memberId) => Task.FromResult(new JoinResult(error, memberId));
}

using Recoup.Embedded.Kafka.Protocol;

namespace Recoup.Embedded.Kafka.Groups;

/// <content>From one generation to the next.</content>
internal sealed partial class Group
{
    private bool HaveAllJoined => pending.Count == 0 && members.Values.All(member => member.Joining is not null);

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
}

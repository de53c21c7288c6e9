using Recoup.Embedded.Kafka.Protocol;

namespace Recoup.Embedded.Kafka.Groups;

/// <content>What happens when somebody is late.</content>
internal sealed partial class Group
{
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

using Recoup.Embedded.Kafka.Protocol;

namespace Recoup.Embedded.Kafka.Groups;

/// <summary>How far a group has read a partition.</summary>
internal sealed record CommittedOffset(long Offset, int LeaderEpoch, string Metadata, DateTimeOffset CommittedAt);

/// <content>What was committed.</content>
internal sealed partial class Group
{
    private readonly Dictionary<(string Topic, int Partition), CommittedOffset> offsets = [];

    /// <summary>Whether the sender may commit; a member shows by it that it is alive.</summary>
    public ErrorCode CheckCommit(int generation, string memberId, string? instanceId)
    {
        lock (gate)
        {
            if (generation < 0 && State == GroupState.Empty)
            {
                return ErrorCode.None; // A client that reads partitions of its own choice.
            }

            if (generation < 0 && memberId.Length == 0 && instanceId is null)
            {
                return ErrorCode.UnknownMemberId;
            }

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
            return State == GroupState.CompletingRebalance ? ErrorCode.RebalanceInProgress : ErrorCode.None;
        }
    }

    /// <summary>Notes an offset; false when the group was retired meanwhile.</summary>
    /// <param name="save">Called under the lock, so that what is kept has the same order.</param>
    public bool Commit(string topic, int partition, CommittedOffset offset, Action? save = null)
    {
        lock (gate)
        {
            if (State == GroupState.Dead)
            {
                return false;
            }

            save?.Invoke();
            offsets[(topic, partition)] = offset;
            return true;
        }
    }

    public CommittedOffset? Committed(string topic, int partition)
    {
        lock (gate)
        {
            return offsets.GetValueOrDefault((topic, partition));
        }
    }

    public IReadOnlyList<(string Topic, int Partition, CommittedOffset Offset)> AllCommitted()
    {
        lock (gate)
        {
            return [.. offsets.Select(each => (each.Key.Topic, each.Key.Partition, each.Value))];
        }
    }

    /// <summary>Drops offsets; gives back what was dropped.</summary>
    public IReadOnlyList<(string Topic, int Partition)> Drop(Func<string, CommittedOffset, bool> isOld)
    {
        lock (gate)
        {
            var dropped = offsets.Where(each => isOld(each.Key.Topic, each.Value)).Select(each => each.Key).ToArray();
            foreach (var key in dropped)
            {
                offsets.Remove(key);
            }

            return dropped;
        }
    }

    /// <summary>Whether somebody is in it, or something is committed.</summary>
    public bool IsUsed
    {
        get
        {
            lock (gate)
            {
                return State is not (GroupState.Empty or GroupState.Dead) || offsets.Count > 0;
            }
        }
    }

    /// <summary>Ends a group that nobody uses or is about to use.</summary>
    public bool TryRetire()
    {
        lock (gate)
        {
            if (IsUsed || pending.Count > 0)
            {
                return false;
            }

            Dispose();
            return true;
        }
    }
}

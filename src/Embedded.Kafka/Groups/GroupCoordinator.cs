using System.Collections.Concurrent;
using System.Text.Json;
using Recoup.Embedded.Kafka.Log;
using Recoup.Embedded.Kafka.Protocol;

namespace Recoup.Embedded.Kafka.Groups;

/// <summary>All groups, and the journal that keeps them. What is answered here is on the disk.</summary>
internal sealed class GroupCoordinator : IDisposable
{
    /// <summary>Kafka's bounds of a session, in milliseconds.</summary>
    private const int SessionTimeoutMin = 6_000;
    private const int SessionTimeoutMax = 1_800_000;

    /// <summary>How long offsets are kept after the last member left, or after the commit of a client that is no member.</summary>
    private static readonly TimeSpan OffsetsRetention = TimeSpan.FromDays(7);

    private readonly ConcurrentDictionary<string, Group> groups = new(StringComparer.Ordinal);
    private readonly KeyValueJournal journal;
    private readonly TimeProvider clock;

    public GroupCoordinator(KeyValueJournal journal, TimeProvider clock)
    {
        (this.journal, this.clock) = (journal, clock);

        // Clients without a group's name commit under the empty one, which Kafka therefore has always known.
        Of("");
        foreach (var (key, value) in journal.Live.ToArray())
        {
            if (GroupKeys.IsGroup(key))
            {
                Of(GroupKeys.Group(key)).Restore(GroupSnapshot.Decode(value));
            }
            else
            {
                var (group, topic, partition) = GroupKeys.Offset(key);
                Of(group).Commit(topic, partition, JsonSerializer.Deserialize(value, GroupJson.Default.CommittedOffset)!);
            }
        }
    }

    /// <summary>The groups that have members or offsets.</summary>
    public IEnumerable<Group> All => groups.Values.Where(group => group.IsUsed);

    public Group? Find(string group) => groups.GetValueOrDefault(group);

    public async Task<JoinResult> JoinAsync(string group, JoinRequest request, CancellationToken gone)
    {
        if (group.Length == 0)
        {
            return new(ErrorCode.InvalidGroupId, request.MemberId);
        }

        if (request.SessionTimeout is < SessionTimeoutMin or > SessionTimeoutMax)
        {
            return new(ErrorCode.InvalidSessionTimeout, request.MemberId);
        }

        var joined = request.MemberId.Length == 0 ? JoinNew(group, request) : Find(group)?.Join(request);
        if (joined is null)
        {
            return new(ErrorCode.UnknownMemberId, request.MemberId);
        }

        var result = await joined.WaitAsync(gone);
        await journal.DurableAsync();
        return result;
    }

    public async Task<SyncResult> SyncAsync(string group, int generation, string memberId, string? instanceId, IReadOnlyDictionary<string, byte[]> assignments, CancellationToken gone)
    {
        if (group.Length == 0)
        {
            return new(ErrorCode.InvalidGroupId, []);
        }

        if (Find(group) is not { } found)
        {
            return new(ErrorCode.UnknownMemberId, []);
        }

        var result = await found.Sync(generation, memberId, instanceId, assignments).WaitAsync(gone);
        await journal.DurableAsync();
        return result;
    }

    public ErrorCode Heartbeat(string group, int generation, string memberId, string? instanceId) =>
        group.Length == 0 ? ErrorCode.InvalidGroupId : Find(group)?.Heartbeat(generation, memberId, instanceId) ?? ErrorCode.UnknownMemberId;

    public async Task<ErrorCode> LeaveAsync(string group, string memberId, string? instanceId)
    {
        var error = Find(group)?.Leave(memberId, instanceId) ?? ErrorCode.UnknownMemberId;
        await journal.DurableAsync();
        return error;
    }

    /// <summary>Whether the sender may commit; a client that is no member makes the group by it.</summary>
    public ErrorCode CheckCommit(string group, int generation, string memberId, string? instanceId)
    {
        if (Find(group) is { } found)
        {
            return found.CheckCommit(generation, memberId, instanceId);
        }

        return generation < 0 ? ErrorCode.None : ErrorCode.IllegalGeneration;
    }

    public async Task CommitAsync(string group, IEnumerable<(string Topic, int Partition, CommittedOffset Offset)> offsets)
    {
        foreach (var (topic, partition, offset) in offsets)
        {
            var encoded = JsonSerializer.SerializeToUtf8Bytes(offset, GroupJson.Default.CommittedOffset);
            while (!Of(group).Commit(topic, partition, offset, () => journal.Put(GroupKeys.Of(group, topic, partition), encoded)))
            {
                // The group was retired between finding and using it: the next one is new.
            }
        }

        await journal.DurableAsync();
    }

    /// <summary>Nothing is told that a power cut could take back.</summary>
    public Task DurableAsync() => journal.DurableAsync();

    /// <summary>Offsets of a deleted topic would point into another one of the same name.</summary>
    public async Task ForgetTopicsAsync(IReadOnlySet<string> topics)
    {
        foreach (var group in groups.Values)
        {
            Forget(group, group.Drop((topic, _) => topics.Contains(topic)));
        }

        await journal.DurableAsync();
    }

    /// <summary>Forgets offsets after their time, and groups of which nothing is left.</summary>
    public void CleanUp()
    {
        var before = clock.GetUtcNow() - OffsetsRetention;
        foreach (var group in groups.Values.Where(group => group.State == GroupState.Empty && group.EmptySince < before))
        {
            Forget(group, group.Drop((_, offset) => offset.CommittedAt < before));
        }

        foreach (var group in groups.Values.Where(group => group.Id.Length > 0 && group.TryRetire()))
        {
            journal.Remove(GroupKeys.Of(group.Id));
            groups.TryRemove(group.Id, out _);
        }
    }

    /// <summary>Ends every wait, because the broker stops.</summary>
    public void Release()
    {
        foreach (var group in groups.Values)
        {
            group.Release();
        }
    }

    public void Dispose()
    {
        foreach (var group in groups.Values)
        {
            group.Dispose();
        }

        journal.Close();
    }

    /// <summary>A new member makes the group; one that is retired at this very moment is made anew.</summary>
    private Task<JoinResult> JoinNew(string group, JoinRequest request)
    {
        while (true)
        {
            var found = Of(group);
            var joined = found.Join(request);
            if (found.State != GroupState.Dead)
            {
                return joined;
            }

            groups.TryRemove(new(group, found));
        }
    }

    private Group Of(string group) => groups.GetOrAdd(group, id => new Group(id, clock, changed => journal.Put(GroupKeys.Of(changed.Id), changed.Snapshot().Encode())));

    private void Forget(Group group, IEnumerable<(string Topic, int Partition)> dropped)
    {
        foreach (var (topic, partition) in dropped)
        {
            journal.Remove(GroupKeys.Of(group.Id, topic, partition));
        }
    }
}

using Microsoft.Extensions.Time.Testing;
using Recoup.Embedded.Kafka.Groups;
using Recoup.Embedded.Kafka.Protocol;

namespace Recoup.Embedded.Kafka.Tests.Groups;

[TestClass]
public sealed class GroupTests
{
    private readonly FakeTimeProvider clock = new();
    private readonly List<GroupSnapshot> kept = [];

    [TestMethod]
    public async Task Join_OfASecondMember_WaitsForTheFirstAndSharesThroughTheLeader()
    {
        using var group = NewGroup();
        var first = await JoinAsync(group, "a");
        Assert.AreEqual((ErrorCode.None, 1, first.MemberId), (first.Error, first.Generation, first.Leader));
        Assert.AreEqual(ErrorCode.None, (await group.Sync(1, first.MemberId, null, Shares((first.MemberId, 1)))).Error);

        var second = group.Join(Request("b"));
        Assert.IsFalse(second.IsCompleted);
        Assert.AreEqual(ErrorCode.RebalanceInProgress, group.Heartbeat(1, first.MemberId, null));
        var again = await group.Join(Request("a", first.MemberId));
        var joined = await second;
        Assert.AreEqual((2, 2), (again.Generation, joined.Generation));
        Assert.HasCount(2, again.Members!);
        Assert.IsEmpty(joined.Members!);

        var follower = group.Sync(2, joined.MemberId, null, Shares());
        Assert.IsFalse(follower.IsCompleted);
        await group.Sync(2, again.MemberId, null, Shares((again.MemberId, 1), (joined.MemberId, 2)));
        CollectionAssert.AreEqual(new byte[] { 2 }, (await follower).Assignment);
        Assert.AreEqual(GroupState.Stable, group.State);
    }

    [TestMethod]
    public async Task Silence_BeyondTheSession_RemovesTheMember()
    {
        using var group = NewGroup();
        var (first, second) = await TwoAsync(group);
        clock.Advance(TimeSpan.FromSeconds(9));
        Assert.AreEqual(ErrorCode.None, group.Heartbeat(2, first, null));

        clock.Advance(TimeSpan.FromSeconds(2));

        Assert.AreEqual(ErrorCode.UnknownMemberId, group.Heartbeat(2, second, null));
        Assert.AreEqual(ErrorCode.RebalanceInProgress, group.Heartbeat(2, first, null));
        var again = await group.Join(Request("a", first));
        Assert.AreEqual((3, first), (again.Generation, again.Leader));
    }

    [TestMethod]
    public async Task Rebalance_BeyondItsTime_GoesOnWithoutTheLate()
    {
        using var group = NewGroup();
        var first = await JoinAsync(group, "a");
        await group.Sync(1, first.MemberId, null, Shares());
        var second = group.Join(Request("b"));

        clock.Advance(TimeSpan.FromSeconds(8));

        var joined = await second;
        Assert.AreEqual((ErrorCode.None, 2, joined.MemberId), (joined.Error, joined.Generation, joined.Leader));
        Assert.AreEqual(ErrorCode.UnknownMemberId, group.Heartbeat(2, first.MemberId, null));
    }

    [TestMethod]
    public async Task Sync_ThatNeverComes_CostsTheMemberItsPlace()
    {
        using var group = NewGroup();
        var first = await JoinAsync(group, "a");

        clock.Advance(TimeSpan.FromSeconds(8));

        Assert.AreEqual(ErrorCode.UnknownMemberId, group.Heartbeat(1, first.MemberId, null));
        Assert.AreEqual(GroupState.Empty, group.State);
    }

    [TestMethod]
    public async Task Leave_OfTheLast_EmptiesTheGroupAndKeepsItsType()
    {
        using var group = NewGroup();
        var first = await JoinAsync(group, "a");
        await group.Sync(1, first.MemberId, null, Shares());

        Assert.AreEqual(ErrorCode.None, group.Leave(first.MemberId, null));

        Assert.AreEqual((GroupState.Empty, "consumer"), (group.State, group.ProtocolType));
        Assert.IsEmpty(kept[^1].Members);
    }

    [TestMethod]
    public async Task Restore_OfAKeptGroup_LetsMembersGoOn()
    {
        using var group = NewGroup();
        var (first, second) = await TwoAsync(group);
        using var restarted = NewGroup();
        restarted.Restore(GroupSnapshot.Decode(kept[^1].Encode()));

        Assert.AreEqual(ErrorCode.None, restarted.Heartbeat(2, first, null));
        CollectionAssert.AreEqual(new byte[] { 2 }, (await restarted.Sync(2, second, null, Shares())).Assignment);
        clock.Advance(TimeSpan.FromSeconds(11));
        Assert.AreEqual(ErrorCode.UnknownMemberId, restarted.Heartbeat(2, second, null));
    }

    [TestMethod]
    public async Task Join_OfAStaticMemberAgain_TakesItsPlaceWithoutARebalance()
    {
        using var group = NewGroup();
        var first = await group.Join(Request("a", instance: "i"));
        await group.Sync(1, first.MemberId, "i", Shares((first.MemberId, 9)));

        var again = await group.Join(Request("a", instance: "i"));

        Assert.AreEqual((ErrorCode.None, 1), (again.Error, again.Generation));
        Assert.AreEqual(ErrorCode.FencedInstanceId, group.Heartbeat(1, first.MemberId, "i"));
        CollectionAssert.AreEqual(new byte[] { 9 }, (await group.Sync(1, again.MemberId, "i", Shares())).Assignment);
    }

    [TestMethod]
    public async Task ReservedId_ThatIsNeverUsed_DoesNotHoldUpOthersForEver()
    {
        using var group = NewGroup();
        var reserved = await group.Join(Request("a") with { RequiresKnownMember = true });
        Assert.AreEqual(ErrorCode.MemberIdRequired, reserved.Error);
        var other = group.Join(Request("b"));
        Assert.IsFalse(other.IsCompleted);

        clock.Advance(TimeSpan.FromSeconds(11));

        Assert.AreEqual(ErrorCode.None, (await other).Error);
        Assert.AreEqual(ErrorCode.UnknownMemberId, (await group.Join(Request("a", reserved.MemberId))).Error);
    }

    [TestMethod]
    public async Task Commit_OfAFormerGeneration_IsRefused()
    {
        using var group = NewGroup();
        var (first, _) = await TwoAsync(group);

        Assert.AreEqual(ErrorCode.None, group.CheckCommit(2, first, null));
        Assert.AreEqual(ErrorCode.IllegalGeneration, group.CheckCommit(1, first, null));
        Assert.AreEqual(ErrorCode.UnknownMemberId, group.CheckCommit(2, "nobody", null));
        Assert.AreEqual(ErrorCode.UnknownMemberId, group.CheckCommit(-1, "", null), "others cannot commit for a group that has members");
    }

    private static JoinRequest Request(string client, string memberId = "", string? instance = null) =>
        new(memberId, instance, client, "/127.0.0.1", 10_000, 8_000, "consumer", [new("range", [1])], RequiresKnownMember: false);

    private static Dictionary<string, byte[]> Shares(params (string Member, byte Share)[] shares) => shares.ToDictionary(share => share.Member, share => new[] { share.Share });

    private static Task<JoinResult> JoinAsync(Group group, string client) => group.Join(Request(client));

    private static async Task<(string First, string Second)> TwoAsync(Group group)
    {
        var first = await JoinAsync(group, "a");
        await group.Sync(1, first.MemberId, null, Shares());
        var joining = JoinAsync(group, "b");
        await group.Join(Request("a", first.MemberId));
        var second = (await joining).MemberId;
        var follower = group.Sync(2, second, null, Shares());
        await group.Sync(2, first.MemberId, null, Shares((first.MemberId, 1), (second, 2)));
        await follower;
        return (first.MemberId, second);
    }

    private Group NewGroup() => new("g", clock, group => kept.Add(group.Snapshot()));
}

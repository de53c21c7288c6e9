using System.Text.Json;
using System.Text.Json.Serialization;

namespace Recoup.Embedded.Kafka.Groups;

/// <summary>What is kept of a group beside its offsets, so that members go on after a restart as if nothing had happened.</summary>
internal sealed record GroupSnapshot(string ProtocolType, int Generation, string? Protocol, string? Leader, IReadOnlyList<MemberSnapshot> Members)
{
    public byte[] Encode() => JsonSerializer.SerializeToUtf8Bytes(this, GroupJson.Default.GroupSnapshot);

    public static GroupSnapshot Decode(byte[] encoded) => JsonSerializer.Deserialize(encoded, GroupJson.Default.GroupSnapshot)!;
}

/// <param name="SessionTimeout">Milliseconds, as is the rebalance time-out.</param>
internal sealed record MemberSnapshot(
    string MemberId,
    string? InstanceId,
    string ClientId,
    string ClientHost,
    int SessionTimeout,
    int RebalanceTimeout,
    IReadOnlyList<GroupProtocol> Protocols,
    byte[] Assignment)
{
    public static MemberSnapshot Of(GroupMember member) =>
        new(member.Id, member.InstanceId, member.ClientId, member.ClientHost, (int)member.SessionTimeout.TotalMilliseconds, (int)member.RebalanceTimeout.TotalMilliseconds, member.Protocols, member.Assignment);

    public GroupMember ToMember() =>
        new(MemberId, new JoinRequest(MemberId, InstanceId, ClientId, ClientHost, SessionTimeout, RebalanceTimeout, "", Protocols, false)) { Assignment = Assignment };
}

/// <summary>Generated serialisation: nothing is looked up at the start.</summary>
[JsonSerializable(typeof(GroupSnapshot))]
[JsonSerializable(typeof(CommittedOffset))]
internal sealed partial class GroupJson : JsonSerializerContext;

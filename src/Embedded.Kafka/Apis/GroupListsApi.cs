using Recoup.Embedded.Kafka.Groups;
using Recoup.Embedded.Kafka.Protocol;

namespace Recoup.Embedded.Kafka.Apis;

/// <summary>ListGroups and DescribeGroups.</summary>
internal sealed class GroupListsApi(GroupCoordinator groups)
{
    private static readonly GroupDescription Unknown = new(GroupState.Dead, "", "", []);

    public WireWriter List(in RequestContext request)
    {
        var answer = request.Answer();
        if (request.Version >= 1)
        {
            answer.NoThrottle();
        }

        answer.Error(ErrorCode.None);
        var listed = groups.All.ToArray();
        answer.Int32(listed.Length);
        foreach (var group in listed)
        {
            answer.String(group.Id);
            answer.String(group.ProtocolType);
        }

        return answer;
    }

    public WireWriter Describe(in RequestContext request)
    {
        var body = request.Body;
        var version = request.Version;
        var names = body.Strings();
        var withOperations = version >= 3 && body.Boolean();
        var answer = request.Answer();
        if (version >= 1)
        {
            answer.NoThrottle();
        }

        answer.Int32(names.Count);
        foreach (var name in names)
        {
            var group = groups.Find(name)?.Describe() ?? Unknown;
            answer.Error(ErrorCode.None);
            answer.String(name);
            answer.String(group.State.ToString());
            answer.String(group.ProtocolType);
            answer.String(group.Protocol);
            WriteMembers(answer, version, group);
            if (version >= 3)
            {
                answer.Int32(withOperations ? Operations.OnGroup : Operations.NotAsked);
            }
        }

        return answer;
    }

    private static void WriteMembers(WireWriter answer, short version, GroupDescription group)
    {
        answer.Int32(group.Members.Count);
        foreach (var member in group.Members)
        {
            answer.String(member.MemberId);
            if (version >= 4)
            {
                answer.NullableString(member.InstanceId);
            }

            answer.String(member.ClientId);
            answer.String(member.ClientHost);
            answer.Bytes(member.Metadata);
            answer.Bytes(member.Assignment);
        }
    }
}

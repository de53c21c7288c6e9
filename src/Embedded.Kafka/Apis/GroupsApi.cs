using Recoup.Embedded.Kafka.Groups;
using Recoup.Embedded.Kafka.Protocol;

namespace Recoup.Embedded.Kafka.Apis;

/// <summary>The life of a group's member: FindCoordinator, JoinGroup, SyncGroup, Heartbeat, LeaveGroup.</summary>
internal sealed class GroupsApi(GroupCoordinator groups, BrokerIdentity broker)
{
    private const byte GroupKey = 0;
    private const byte TransactionKey = 1;

    public WireWriter FindCoordinator(in RequestContext request)
    {
        var body = request.Body;
        body.String();
        var (error, message) = (request.Version >= 1 ? body.Byte() : GroupKey) switch
        {
            GroupKey => (ErrorCode.None, null),
            TransactionKey => (ErrorCode.TransactionalIdAuthorizationFailed, "This broker has no transactions."),
            var other => (ErrorCode.InvalidRequest, $"Key type {other} has no coordinator: 0 is a group."),
        };
        var answer = request.Answer();
        if (request.Version >= 1)
        {
            answer.NoThrottle();
        }

        answer.Error(error);
        if (request.Version >= 1)
        {
            answer.NullableString(message);
        }

        var isFound = error == ErrorCode.None;
        answer.Int32(isFound ? BrokerIdentity.NodeId : -1);
        answer.String(isFound ? broker.HostFor(request.Local) : "");
        answer.Int32(isFound ? request.Local.Port : -1);
        return answer;
    }

    public async Task<WireWriter> JoinAsync(RequestContext request)
    {
        var (group, join) = ReadJoin(request);
        var result = await groups.JoinAsync(group, join, request.Gone);
        var answer = request.Answer();
        answer.NoThrottle();
        answer.Error(result.Error);
        answer.Int32(result.Generation);
        answer.String(result.Protocol);
        answer.String(result.Leader);
        answer.String(result.MemberId);
        answer.Int32(result.Members?.Count ?? 0);
        foreach (var member in result.Members ?? [])
        {
            answer.String(member.MemberId);
            if (request.Version >= 5)
            {
                answer.NullableString(member.InstanceId);
            }

            answer.Bytes(member.Metadata);
        }

        return answer;
    }

    public async Task<WireWriter> SyncAsync(RequestContext request)
    {
        var sync = ReadSync(request);
        var result = await groups.SyncAsync(sync.Group, sync.Generation, sync.MemberId, sync.InstanceId, sync.Assignments, request.Gone);
        var answer = request.Answer();
        if (request.Version >= 1)
        {
            answer.NoThrottle();
        }

        answer.Error(result.Error);
        answer.Bytes(result.Assignment);
        return answer;
    }

    public WireWriter Heartbeat(in RequestContext request)
    {
        var body = request.Body;
        var error = groups.Heartbeat(body.String(), body.Int32(), body.String(), request.Version >= 3 ? body.NullableString() : null);
        var answer = request.Answer();
        if (request.Version >= 1)
        {
            answer.NoThrottle();
        }

        answer.Error(error);
        return answer;
    }

    public async Task<WireWriter> LeaveAsync(RequestContext request)
    {
        var (group, leaving) = ReadLeave(request);
        var errors = new List<ErrorCode>();
        foreach (var (memberId, instanceId) in leaving)
        {
            errors.Add(group.Length == 0 ? ErrorCode.InvalidGroupId : await groups.LeaveAsync(group, memberId, instanceId));
        }

        var answer = request.Answer();
        if (request.Version >= 1)
        {
            answer.NoThrottle();
        }

        answer.Error(group.Length == 0 ? ErrorCode.InvalidGroupId : request.Version < 3 ? errors[0] : ErrorCode.None);
        if (request.Version >= 3)
        {
            var listed = group.Length == 0 ? 0 : leaving.Count;
            answer.Int32(listed);
            for (var index = 0; index < listed; index++)
            {
                answer.String(leaving[index].MemberId);
                answer.NullableString(leaving[index].InstanceId);
                answer.Error(errors[index]);
            }
        }

        return answer;
    }

    private static (string Group, JoinRequest Join) ReadJoin(RequestContext request)
    {
        var body = request.Body;
        var version = request.Version;
        var (group, session, rebalance, memberId) = (body.String(), body.Int32(), body.Int32(), body.String());
        var instanceId = version >= 5 ? body.NullableString() : null;
        var protocolType = body.String();
        var protocols = new List<GroupProtocol>();
        for (var left = body.ArrayLength(); left > 0; left--)
        {
            protocols.Add(new(body.String(), body.Bytes()));
        }

        var host = "/" + request.Remote.Address;
        return (group, new(memberId, instanceId, request.Header.ClientId ?? "", host, session, rebalance, protocolType, protocols, RequiresKnownMember: version >= 4));
    }

    private static (string Group, int Generation, string MemberId, string? InstanceId, Dictionary<string, byte[]> Assignments) ReadSync(RequestContext request)
    {
        var body = request.Body;
        var (group, generation, memberId) = (body.String(), body.Int32(), body.String());
        var instanceId = request.Version >= 3 ? body.NullableString() : null;
        var assignments = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        for (var left = body.ArrayLength(); left > 0; left--)
        {
            assignments[body.String()] = body.Bytes();
        }

        return (group, generation, memberId, instanceId, assignments);
    }

    private static (string Group, List<(string MemberId, string? InstanceId)> Leaving) ReadLeave(RequestContext request)
    {
        var body = request.Body;
        var group = body.String();
        var leaving = new List<(string, string?)>();
        for (var left = request.Version >= 3 ? body.ArrayLength() : 1; left > 0; left--)
        {
            leaving.Add((body.String(), request.Version >= 3 ? body.NullableString() : null));
        }

        return (group, leaving);
    }
}

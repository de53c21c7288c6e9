using Grpc.Core;
using Recoup.Embedded.Temporal.Engine;
using Temporalio.Api.Namespace.V1;
using Temporalio.Api.Replication.V1;
using Temporalio.Api.WorkflowService.V1;

namespace Recoup.Embedded.Temporal.Frontend;

/// <summary>What SDKs and tools ask before anything else: capabilities, the cluster, namespaces.</summary>
internal sealed class SystemCalls(Namespaces namespaces, TimeSpan retention) : IFrontendCalls
{
    /// <summary>The release of the real server whose behaviour this one follows; tools decide by it what they show.</summary>
    public const string FollowedVersion = "1.29.1";

    public void Bind(FrontendMethods methods)
    {
        methods.Bind<GetSystemInfoRequest, GetSystemInfoResponse>("GetSystemInfo", (_, _) => Task.FromResult(SystemInfo()));
        methods.Bind<GetClusterInfoRequest, GetClusterInfoResponse>("GetClusterInfo", (_, _) => Task.FromResult(ClusterInfo()));
        methods.Bind<DescribeNamespaceRequest, DescribeNamespaceResponse>("DescribeNamespace", DescribeNamespaceAsync);
        methods.Bind<ListNamespacesRequest, ListNamespacesResponse>("ListNamespaces", ListNamespacesAsync);
    }

    private static GetSystemInfoResponse SystemInfo() => new()
    {
        ServerVersion = FollowedVersion,
        Capabilities = new()
        {
            SignalAndQueryHeader = true,
            InternalErrorDifferentiation = true,
            ActivityFailureIncludeHeartbeat = true,
            EncodedFailureAttributes = true,
            UpsertMemo = true,
            SdkMetadata = true,
            CountGroupByExecutionStatus = true,
        },
    };

    private static GetClusterInfoResponse ClusterInfo()
    {
        var info = new GetClusterInfoResponse
        {
            ServerVersion = FollowedVersion,
            ClusterId = "recoup-embedded",
            ClusterName = "active",
            HistoryShardCount = 1,
            PersistenceStore = "sqlite",
            VisibilityStore = "sqlite",
        };
        foreach (var client in new[] { "temporal-cli", "temporal-dotnet", "temporal-go", "temporal-java", "temporal-python", "temporal-typescript" })
        {
            info.SupportedClients[client] = "<2.0.0";
        }

        info.SupportedClients["temporal-ui"] = "<3.0.0";
        return info;
    }

    private Task<DescribeNamespaceResponse> DescribeNamespaceAsync(DescribeNamespaceRequest request, ServerCallContext call)
    {
        if (request.Namespace.Length == 0 && request.Id.Length == 0)
        {
            throw Refusals.InvalidArgument("Namespace not set on request.");
        }

        var name = request.Namespace.Length > 0 ? request.Namespace : namespaces.IdsByName.FirstOrDefault(each => each.Value == request.Id).Key;
        return name is not null && namespaces.IdsByName.ContainsKey(name)
            ? Task.FromResult(Describe(name))
            : throw Refusals.NamespaceNotFound(request.Namespace);
    }

    private Task<ListNamespacesResponse> ListNamespacesAsync(ListNamespacesRequest request, ServerCallContext call)
    {
        var list = new ListNamespacesResponse();
        list.Namespaces.Add(namespaces.IdsByName.Keys.Order(StringComparer.Ordinal).Select(Describe));
        return Task.FromResult(list);
    }

    private DescribeNamespaceResponse Describe(string name) => new()
    {
        NamespaceInfo = new() { Name = name, State = NamespaceState.Registered, Id = namespaces.IdsByName[name], Capabilities = new NamespaceInfo.Types.Capabilities() },
        Config = new()
        {
            WorkflowExecutionRetentionTtl = Duration.FromTimeSpan(retention),
            BadBinaries = new(),
            HistoryArchivalState = ArchivalState.Disabled,
            VisibilityArchivalState = ArchivalState.Disabled,
        },
        ReplicationConfig = new() { ActiveClusterName = "active", Clusters = { new ClusterReplicationConfig { ClusterName = "active" } } },
    };
}

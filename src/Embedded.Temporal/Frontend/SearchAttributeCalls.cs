using Grpc.Core;
using Recoup.Embedded.Temporal.Storage;
using Recoup.Embedded.Temporal.Visibility;
using Temporalio.Api.OperatorService.V1;
using Temporalio.Api.WorkflowService.V1;

namespace Recoup.Embedded.Temporal.Frontend;

/// <summary>Which search attributes there are, and new ones.</summary>
internal sealed class SearchAttributeCalls(SearchAttributeTypes types, Settings settings) : IFrontendCalls
{
    private static readonly string Operator = Temporalio.Api.OperatorService.V1.ServiceReflection.Descriptor.Services[0].FullName;

    public void Bind(FrontendMethods methods)
    {
        methods.Bind<GetSearchAttributesRequest, GetSearchAttributesResponse>("GetSearchAttributes", (_, _) => Task.FromResult(All()));
        methods.Bind<ListSearchAttributesRequest, ListSearchAttributesResponse>(Operator, "ListSearchAttributes", (_, _) => Task.FromResult(List()));
        methods.Bind<AddSearchAttributesRequest, AddSearchAttributesResponse>(Operator, "AddSearchAttributes", AddAsync);
        methods.Bind<RemoveSearchAttributesRequest, RemoveSearchAttributesResponse>(Operator, "RemoveSearchAttributes", RemoveAsync);
    }

    private GetSearchAttributesResponse All()
    {
        var all = new GetSearchAttributesResponse();
        foreach (var (name, type) in types.Custom.Concat(SearchAttributeTypes.System).Concat(SearchAttributeTypes.Predefined))
        {
            all.Keys[name] = type;
        }

        return all;
    }

    private ListSearchAttributesResponse List()
    {
        var list = new ListSearchAttributesResponse();
        foreach (var (name, type) in types.Custom)
        {
            list.CustomAttributes[name] = type;
        }

        foreach (var (name, type) in SearchAttributeTypes.System.Concat(SearchAttributeTypes.Predefined))
        {
            list.SystemAttributes[name] = type;
        }

        return list;
    }

    private async Task<AddSearchAttributesResponse> AddAsync(AddSearchAttributesRequest request, ServerCallContext call)
    {
        foreach (var (name, type) in request.SearchAttributes)
        {
            RequestChecks.Refuse(type == IndexedValueType.Unspecified ? $"Unable to parse search attribute type: {type}" : null);
            RequestChecks.Refuse(SearchAttributeTypes.System.ContainsKey(name) ? $"Search attribute {name} is reserved by system." : null);
            RequestChecks.Refuse(types.Custom.TryGetValue(name, out var known) && known != type ? $"Search attribute {name} exists with type {known}." : null);
        }

        await settings.RegisterAsync(request.SearchAttributes);
        foreach (var (name, type) in request.SearchAttributes)
        {
            types.Register(name, type);
        }

        return new();
    }

    private async Task<RemoveSearchAttributesResponse> RemoveAsync(RemoveSearchAttributesRequest request, ServerCallContext call)
    {
        foreach (var name in request.SearchAttributes)
        {
            if (!types.Custom.ContainsKey(name))
            {
                throw Engine.Refusals.NotFound($"Search attribute {name} doesn't exist.");
            }
        }

        await settings.UnregisterAsync([.. request.SearchAttributes]);
        foreach (var name in request.SearchAttributes)
        {
            types.Unregister(name);
        }

        return new();
    }
}

using Grpc.Core;
using Recoup.Embedded.Temporal.Engine;
using Recoup.Embedded.Temporal.Runs;
using Recoup.Embedded.Temporal.Visibility;
using Temporalio.Api.Filter.V1;
using Temporalio.Api.WorkflowService.V1;

namespace Recoup.Embedded.Temporal.Frontend;

/// <summary>Listing and counting workflows.</summary>
internal sealed class VisibilityCalls(VisibilityStore visibility, Namespaces namespaces) : IFrontendCalls
{
    private const int PageSizeMax = 1_000;

    public void Bind(FrontendMethods methods)
    {
        methods.Bind<ListWorkflowExecutionsRequest, ListWorkflowExecutionsResponse>("ListWorkflowExecutions", ListAsync);
        methods.Bind<ScanWorkflowExecutionsRequest, ScanWorkflowExecutionsResponse>("ScanWorkflowExecutions", ScanAsync);
        methods.Bind<CountWorkflowExecutionsRequest, CountWorkflowExecutionsResponse>("CountWorkflowExecutions", CountAsync);
        methods.Bind<ListOpenWorkflowExecutionsRequest, ListOpenWorkflowExecutionsResponse>("ListOpenWorkflowExecutions", ListOpenAsync);
        methods.Bind<ListClosedWorkflowExecutionsRequest, ListClosedWorkflowExecutionsResponse>("ListClosedWorkflowExecutions", ListClosedAsync);
    }

    private Task<ListWorkflowExecutionsResponse> ListAsync(ListWorkflowExecutionsRequest request, ServerCallContext call)
    {
        var response = new ListWorkflowExecutionsResponse();
        response.NextPageToken = List(request.Namespace, Parse(request.Query, mayGroup: false), request.PageSize, request.NextPageToken, response.Executions);
        return Task.FromResult(response);
    }

    private Task<ScanWorkflowExecutionsResponse> ScanAsync(ScanWorkflowExecutionsRequest request, ServerCallContext call)
    {
        var response = new ScanWorkflowExecutionsResponse();
        response.NextPageToken = List(request.Namespace, Parse(request.Query, mayGroup: false), request.PageSize, request.NextPageToken, response.Executions);
        return Task.FromResult(response);
    }

    private Task<ListOpenWorkflowExecutionsResponse> ListOpenAsync(ListOpenWorkflowExecutionsRequest request, ServerCallContext call)
    {
        var filter = Filter("=", request.StartTimeFilter, "StartTime", request.ExecutionFilter, request.TypeFilter, null);
        var response = new ListOpenWorkflowExecutionsResponse();
        response.NextPageToken = List(request.Namespace, filter, request.MaximumPageSize, request.NextPageToken, response.Executions);
        return Task.FromResult(response);
    }

    private Task<ListClosedWorkflowExecutionsResponse> ListClosedAsync(ListClosedWorkflowExecutionsRequest request, ServerCallContext call)
    {
        var filter = Filter("!=", request.StartTimeFilter, "CloseTime", request.ExecutionFilter, request.TypeFilter, request.StatusFilter);
        var response = new ListClosedWorkflowExecutionsResponse();
        response.NextPageToken = List(request.Namespace, filter, request.MaximumPageSize, request.NextPageToken, response.Executions);
        return Task.FromResult(response);
    }

    private Task<CountWorkflowExecutionsResponse> CountAsync(CountWorkflowExecutionsRequest request, ServerCallContext call)
    {
        namespaces.Require(request.Namespace);
        var query = Parse(request.Query, mayGroup: true);
        if (query.GroupBy is null)
        {
            return Task.FromResult(new CountWorkflowExecutionsResponse { Count = Refusing(() => visibility.Count(request.Namespace, query)) });
        }

        var groups = Refusing(() => visibility.CountByStatus(request.Namespace, query));
        var response = new CountWorkflowExecutionsResponse { Count = groups.Sum(group => group.Count) };
        foreach (var (status, count) in groups)
        {
            var value = Activities.JsonPayload($"\"{status}\"");
            value.Metadata["type"] = ByteString.CopyFromUtf8(nameof(IndexedValueType.Keyword));
            response.Groups.Add(new CountWorkflowExecutionsResponse.Types.AggregationGroup { Count = count, GroupValues = { value } });
        }

        return Task.FromResult(response);
    }

    private ByteString List(string ns, Query query, int pageSize, ByteString token, Google.Protobuf.Collections.RepeatedField<Temporalio.Api.Workflow.V1.WorkflowExecutionInfo> into)
    {
        namespaces.Require(ns);
        var after = token.IsEmpty ? null : Tokens.Read<ListToken>(token) ?? throw Refusals.InvalidArgument("Invalid NextPageToken.");
        var (runs, next) = Refusing(() => visibility.List(ns, query, pageSize is > 0 and < PageSizeMax ? pageSize : PageSizeMax, after));
        into.AddRange(runs);
        return next is null ? ByteString.Empty : Tokens.Write(next);
    }

    private static Query Parse(string text, bool mayGroup)
    {
        var query = Refusing(() => QueryParser.Parse(text));
        return query.GroupBy is null || mayGroup ? query : throw Refusals.InvalidArgument("invalid query: operation is not supported: 'group by' clause");
    }

    private static T Refusing<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (InvalidQueryException problem)
        {
            throw Refusals.InvalidArgument($"invalid query: {problem.Message}");
        }
    }

    /// <summary>The older calls filter by fields; the same as a query.</summary>
    private static Query Filter(string running, StartTimeFilter? times, string timeColumn, WorkflowExecutionFilter? execution, WorkflowTypeFilter? type, StatusFilter? status)
    {
        Condition where = new Comparison("ExecutionStatus", running, [new Literal(nameof(WorkflowExecutionStatus.Running))]);
        void Add(string column, string comparison, object? value)
        {
            where = value is null ? where : new And(where, new Comparison(column, comparison, [new Literal(value)]));
        }

        Add(timeColumn, ">=", times?.EarliestTime?.ToDateTime().ToString("O", System.Globalization.CultureInfo.InvariantCulture));
        Add(timeColumn, "<=", times?.LatestTime?.ToDateTime().ToString("O", System.Globalization.CultureInfo.InvariantCulture));
        Add("WorkflowId", "=", string.IsNullOrEmpty(execution?.WorkflowId) ? null : execution.WorkflowId);
        Add("RunId", "=", string.IsNullOrEmpty(execution?.RunId) ? null : execution.RunId);
        Add("WorkflowType", "=", string.IsNullOrEmpty(type?.Name) ? null : type.Name);
        Add("ExecutionStatus", "=", status is null ? null : status.Status.ToString());
        return new Query(where, null);
    }
}

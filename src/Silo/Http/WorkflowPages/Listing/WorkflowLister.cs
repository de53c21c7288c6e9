using System.Buffers.Text;
using Recoup.Recovery;
using Recoup.Silo.Workflows.Timelines;
using Temporalio.Client;
using Temporalio.Common;
using Temporalio.Exceptions;

namespace Recoup.Silo.Http.WorkflowPages.Listing;

/// <summary>Reads one page of workflows through the client API, as any tool would: four calls, and one for each row's summary.</summary>
internal sealed class WorkflowLister(ITemporalClient client)
{
    private const int PageSize = 30;
    private static readonly TimeSpan RpcTimeout = TimeSpan.FromSeconds(10);

    /// <exception cref="RpcException">The server fails for another reason than the query.</exception>
    public async Task<WorkflowList> ReadAsync(string query, string? page, CancellationToken cancellationToken)
    {
        var rpc = new RpcOptions { Timeout = RpcTimeout, CancellationToken = cancellationToken };
        var links = QueryLinks.Of(await client.CountWorkflowsAsync("GROUP BY ExecutionStatus", new() { Rpc = rpc }));
        var list = new WorkflowList { Query = query, Links = links, IsFirstPage = string.IsNullOrEmpty(page) };
        if (!TryReadToken(page, out var token))
        {
            return list with { Problem = "The name of this page is damaged: start from the first page." };
        }

        try
        {
            var found = await client.ListWorkflowsPaginatedAsync(query, token, new() { PageSize = PageSize, Rpc = rpc });
            var count = await client.CountWorkflowsAsync(query, new() { Rpc = rpc });
            return list with
            {
                Count = count.Count,
                Rows = await Task.WhenAll(found.Workflows.Select(execution => RowAsync(execution, rpc))),
                NextPage = found.NextPageToken is { Length: > 0 } next ? Base64Url.EncodeToString(next) : null,
            };
        }
        catch (RpcException exception) when (exception.Code is RpcException.StatusCode.InvalidArgument)
        {
            return list with { Problem = exception.Message };
        }
    }

    private static bool TryReadToken(string? page, out byte[]? token)
    {
        token = null;
        if (string.IsNullOrEmpty(page))
        {
            return true;
        }

        if (!Base64Url.IsValid(page))
        {
            return false;
        }

        token = Base64Url.DecodeFromChars(page);
        return true;
    }

    private async Task<WorkflowRow> RowAsync(WorkflowExecution execution, RpcOptions rpc) => new()
    {
        WorkflowId = execution.Id,
        RunId = execution.RunId,
        Type = execution.WorkflowType,
        Status = execution.Status,
        StartedAt = execution.StartTime,
        ClosedAt = execution.CloseTime,
        PaymentId = Text(execution, RecoverySearchAttributes.PaymentId),
        FailureCode = Text(execution, RecoverySearchAttributes.FailureCode),
        RecoveryStatus = Text(execution, RecoverySearchAttributes.RecoveryStatus),
        Summary = await SummaryAsync(execution, rpc),
    };

    /// <summary>Another client may have registered the attribute under another type: then it is not the recovery's.</summary>
    private static string? Text(WorkflowExecution execution, SearchAttributeKey<string> attribute) =>
        execution.TypedSearchAttributes.TryGetValue(attribute, out var value) ? value : null;

    /// <summary>A list does not carry summaries; a description does.</summary>
    private async Task<string?> SummaryAsync(WorkflowExecution execution, RpcOptions rpc)
    {
        try
        {
            var described = await client.WorkflowService.DescribeWorkflowExecutionAsync(
                new() { Namespace = client.Options.Namespace, Execution = new() { WorkflowId = execution.Id, RunId = execution.RunId } }, rpc);
            return PayloadText.String(described.ExecutionConfig?.UserMetadata?.Summary);
        }
        catch (RpcException exception) when (exception.Code is RpcException.StatusCode.NotFound)
        {
            // Its retention ended between the two calls.
            return null;
        }
    }
}

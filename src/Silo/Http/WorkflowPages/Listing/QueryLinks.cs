using Recoup.Payments;
using Recoup.Silo.Workflows.Timelines;
using Temporalio.Api.Enums.V1;
using Temporalio.Client;

namespace Recoup.Silo.Http.WorkflowPages.Listing;

/// <summary>The queries that people ask most: by the workflow's status, and by what became of the payment.</summary>
internal static class QueryLinks
{
    private static readonly WorkflowExecutionStatus[] Statuses =
    [
        WorkflowExecutionStatus.Running, WorkflowExecutionStatus.Completed, WorkflowExecutionStatus.Failed, WorkflowExecutionStatus.TimedOut,
        WorkflowExecutionStatus.Canceled, WorkflowExecutionStatus.Terminated, WorkflowExecutionStatus.ContinuedAsNew,
    ];

    private static readonly PaymentStatus[] Outcomes =
        [PaymentStatus.Recovering, PaymentStatus.Recovered, PaymentStatus.Failed, PaymentStatus.Cancelled, PaymentStatus.Disputed];

    /// <summary>A status that no workflow has gets no link.</summary>
    public static IReadOnlyList<QueryLink> Of(WorkflowExecutionCount byStatus)
    {
        var counts = byStatus.Groups.ToDictionary(static group => (string)group.GroupValues.Single(), static group => group.Count, StringComparer.Ordinal);
        return
        [
            new("Workflow", "all", "", byStatus.Count),
            .. Statuses
                .Where(status => counts.ContainsKey(status.ToString()))
                .Select(status => new QueryLink("Workflow", Wording.Of(status), $"ExecutionStatus = '{status}'", counts[status.ToString()])),
            .. Outcomes.Select(static outcome => new QueryLink("Payment", Wording.Of(outcome), $"RecoveryStatus = '{outcome.Name()}'", null)),
        ];
    }
}

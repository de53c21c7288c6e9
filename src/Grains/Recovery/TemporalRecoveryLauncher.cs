using Recoup.Clock;
using Recoup.Payments;
using Temporalio.Api.Enums.V1;
using Temporalio.Client;
using Temporalio.Common;
using Temporalio.Exceptions;

namespace Recoup.Recovery;

/// <summary>Starts and signals recovery workflows through a Temporal frontend, embedded or a cluster's.</summary>
public sealed class TemporalRecoveryLauncher(ITemporalClient client, IBusinessClock clock) : IRecoveryLauncher
{
    private static readonly TimeSpan RpcTimeout = TimeSpan.FromSeconds(5);

    public Task StartAsync(RecoveryStart start, CancellationToken cancellationToken) => client.StartWorkflowAsync(
        (RecoverPaymentWorkflow workflow) => workflow.RunAsync(new RecoveryInput(start.PaymentId, 1)),
        new WorkflowOptions(PaymentIds.WorkflowId(start.PaymentId), RecoveryOptions.TaskQueue)
        {
            // Starting twice is harmless: one that runs goes on, and one that has ended may begin again, since the grain holds the state.
            IdConflictPolicy = WorkflowIdConflictPolicy.UseExisting,
            IdReusePolicy = WorkflowIdReusePolicy.AllowDuplicate,
            ExecutionTimeout = clock.ToWall(RecoveryLimits.ExecutionTimeout),
            StaticSummary = $"{start.Amount} of {start.CustomerId}: {start.FailureCode}",
            TypedSearchAttributes = new SearchAttributeCollection.Builder()
                .Set(RecoverySearchAttributes.PaymentId, start.PaymentId)
                .Set(RecoverySearchAttributes.CustomerId, start.CustomerId)
                .Set(RecoverySearchAttributes.FailureCode, start.FailureCode)
                .Set(RecoverySearchAttributes.RecoveryStatus, PaymentStatus.Recovering.Name())
                .ToSearchAttributeCollection(),
            Rpc = Rpc(cancellationToken),
        });

    public async Task SignalAsync(string paymentId, RecoverySignal signal, CancellationToken cancellationToken)
    {
        try
        {
            // The signal's name is the member's: PaidElsewhere, CardUpdated, ...
            await client.GetWorkflowHandle(PaymentIds.WorkflowId(paymentId))
                .SignalAsync(signal.ToString(), [], new WorkflowSignalOptions { Rpc = Rpc(cancellationToken) });
        }
        catch (RpcException exception) when (exception.Code == RpcException.StatusCode.NotFound)
        {
            // The workflow has ended, and with it the need to wake it.
        }
    }

    private static RpcOptions Rpc(CancellationToken cancellationToken) => new() { Timeout = RpcTimeout, CancellationToken = cancellationToken };
}

using System.Collections.Concurrent;
using Recoup.Payments;

namespace Recoup.Grains.Tests.Clusters;

/// <summary>Stands in front of the payment grains: notes what they are asked, and answers in their place.</summary>
internal sealed class PaymentCalls : IIncomingGrainCallFilter
{
    public ConcurrentQueue<(SubmitPayment Command, string Key)> Submitted { get; } = new();

    public ConcurrentQueue<(string PaymentId, string CardId)> CardUpdates { get; } = new();

    /// <summary>So many of the next calls fail.</summary>
    public int Failures { get; set; }

    public async Task Invoke(IIncomingGrainCallContext context)
    {
        if (context.InterfaceMethod?.DeclaringType != typeof(IPaymentGrain))
        {
            await context.Invoke();
            return;
        }

        switch (context.InterfaceMethod.Name)
        {
            case nameof(IPaymentGrain.SubmitAsync):
                Submitted.Enqueue(((SubmitPayment)context.Request.GetArgument(0)!, (string)context.Request.GetArgument(1)!));
                context.Result = new SubmitOutcome { Result = SubmitResult.Accepted };
                break;
            case nameof(IPaymentGrain.CardUpdatedAsync):
                CardUpdates.Enqueue((context.TargetId.Key.ToString()!, (string)context.Request.GetArgument(0)!));
                context.Result = null;
                break;
            default:
                throw new NotSupportedException(context.InterfaceMethod.Name);
        }

        if (Failures > 0)
        {
            Failures--;
            throw new IOException("the payment's grain is away");
        }
    }
}

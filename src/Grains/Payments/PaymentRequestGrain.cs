using Microsoft.Extensions.Logging;
using Orleans.Streams;
using Orleans.Streams.Core;
using Recoup.Events;

namespace Recoup.Payments;

[Alias("recoup.payment-requests")]
public interface IPaymentRequestGrain : IGrainWithStringKey;

/// <summary>
/// Submits the payments that come in through one partition of <c>payments.requests</c>. Idempotent as the API is: a record that is delivered again is the
/// same payment. One that uses its key for another payment goes to the dead letters, as the API answers 409.
/// </summary>
[ImplicitStreamSubscription(Topics.Requests)]
public sealed partial class PaymentRequestGrain(IEventPublisher events, ILogger<PaymentRequestGrain> logger)
    : Grain, IPaymentRequestGrain, IStreamSubscriptionObserver, IAsyncObserver<PaymentRequest>
{
    public Task OnSubscribed(IStreamSubscriptionHandleFactory handleFactory)
    {
        ArgumentNullException.ThrowIfNull(handleFactory);
        return handleFactory.Create<PaymentRequest>().ResumeAsync(this);
    }

    public async Task OnNextAsync(PaymentRequest item, StreamSequenceToken? token = null)
    {
        ArgumentNullException.ThrowIfNull(item);
        var payment = GrainFactory.Find<IPaymentGrain>(PaymentIds.PaymentId(item.Command.MerchantId, item.IdempotencyKey));
        var outcome = await payment.SubmitAsync(item.Command, item.IdempotencyKey);
        PaymentMetrics.Requested.Add(1, new KeyValuePair<string, object?>("result", outcome.Result.ToString()));
        if (outcome.Result == SubmitResult.Conflict)
        {
            var reason = $"The idempotency key was used before for another payment; these differ: {string.Join(", ", outcome.Differs)}.";
            LogConflict(item.Key, reason);
            await events.PublishAsync(
                [new OutgoingEvent { Topic = Topics.DeadLetters, Key = item.Key, EventType = "payment.request", Value = item.Record, Reason = reason }]);
        }
    }

    public Task OnErrorAsync(Exception ex)
    {
        LogStreamFailed(ex, this.GetPrimaryKeyString());
        return Task.CompletedTask;
    }

    [LoggerMessage(1601, LogLevel.Warning, "Request {Key} is refused: {Reason}")]
    private partial void LogConflict(string key, string reason);

    [LoggerMessage(1602, LogLevel.Error, "Requests of partition {Partition} could not be delivered; they are delivered again")]
    private partial void LogStreamFailed(Exception exception, string partition);
}

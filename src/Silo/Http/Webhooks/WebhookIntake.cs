using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using Recoup.Gateways.Stripe;
using Recoup.Webhooks;

namespace Recoup.Silo.Http.Webhooks;

/// <summary>
/// Takes one provider event in: size, signature, JSON, shape, card numbers and currency are checked in this order, then it is saved in its inbox.
/// 200 means that it is on disk; what it says is applied afterwards, by itself.
/// </summary>
internal sealed partial class WebhookIntake(
    IGrainFactory grains,
    IOptions<StripeMerchantOptions> options,
    TimeProvider time,
    ILogger<WebhookIntake> logger)
{
    /// <summary>The largest body that is read. Stripe's and Square's largest events are well below it.</summary>
    public const int BodyBytesMax = 512 * 1024;

    public async Task<IResult> TakeAsync(string provider, IWebhookSignature signature, HttpContext context)
    {
        if (signature.MissingSettings is { Count: > 0 } missing)
        {
            return WebhookProblems.NotConfigured(missing);
        }

        if (await RawBody.ReadAsync(context.Request, BodyBytesMax) is not { } body)
        {
            return WebhookProblems.TooLarge(BodyBytesMax);
        }

        if (signature.Check(context.Request.Headers, body) is { } fault)
        {
            LogNotSigned(provider, fault.Type);
            return WebhookProblems.NotSigned(fault);
        }

        var (received, problem) = Open(provider, body);
        return problem is null ? await SaveAsync(received!, context) : problem;
    }

    private (WebhookEvent? Received, ProblemHttpResult? Problem) Open(string provider, ReadOnlyMemory<byte> body)
    {
        using var document = WebhookBody.Parse(body);
        if (document is null)
        {
            return (null, WebhookProblems.NotJson());
        }

        var faults = new List<FieldFault>();
        if (WebhookBody.FindCardNumber(document.RootElement) is { } field)
        {
            return (null, WebhookProblems.CardNumber(field));
        }

        if (WebhookEnvelope.Open(provider, body, document.RootElement, time.GetUtcNow(), faults) is not { } received)
        {
            return (null, WebhookProblems.NotAnEvent(faults));
        }

        var told = ProviderEvents.Read(received, document.RootElement, options.Value.MerchantId);
        return told.Faults.Count > 0 ? (null, WebhookProblems.Refused(told.Faults)) : (received, null);
    }

    private async Task<IResult> SaveAsync(WebhookEvent received, HttpContext context)
    {
        var key = WebhookKeys.Inbox(received.Provider, received.EventId, received.EventType);
        try
        {
            var receipt = await grains.GetGrain<IWebhookInboxGrain>(key).ReceiveAsync(received);
            return TypedResults.Json(new WebhookAnswer(receipt), RecoupJson.Options);
        }
        catch (Exception exception) when (!context.RequestAborted.IsCancellationRequested)
        {
            // Storage or grain did not answer: the provider keeps the event and delivers it again.
            LogNotSaved(exception, key);
            return WebhookProblems.NotSaved(context);
        }
    }

    private sealed record WebhookAnswer(WebhookReceipt Receipt);

    [LoggerMessage(6101, LogLevel.Warning, "A webhook of {Provider} was refused: {Reason}")]
    private partial void LogNotSigned(string provider, string reason);

    [LoggerMessage(6102, LogLevel.Error, "Webhook {Key} could not be saved; it was not acknowledged")]
    private partial void LogNotSaved(Exception exception, string key);
}

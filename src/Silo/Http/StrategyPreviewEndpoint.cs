using System.Text.Json;
using Recoup.Amounts;
using Recoup.Intake;
using Recoup.Silo.Http.Problems;
using Recoup.Strategy;

namespace Recoup.Silo.Http;

/// <summary><c>POST /strategy/preview</c>: what would be decided in this context. Nothing is changed.</summary>
internal static class StrategyPreviewEndpoint
{
    public static void MapStrategyPreview(this IEndpointRouteBuilder app) => app.MapPost("/strategy/preview", PreviewAsync)
        .WithName("PreviewStrategy")
        .WithSummary("The decision that this context would lead to.")
        .AcceptsJson<RetryContext>()
        .Produces<RetryDecision>()
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity);

    private static Task<IResult> PreviewAsync(HttpRequest request, IGrainFactory grains)
    {
        return RequestBody.UseAsync(request, UseAsync);

        async Task<IResult> UseAsync(JsonElement body)
        {
            var errors = new FieldErrors();
            var context = Read(body, errors);
            return context is null || errors.Any
                ? Refusals.Invalid(errors)
                : Results.Ok(await grains.GetGrain<IRetryStrategyGrain>(0).DecideAsync(context));
        }
    }

    private static RetryContext? Read(JsonElement body, FieldErrors errors)
    {
        InputDocument.RefuseCardNumbers(body, errors);
        try
        {
            var context = body.Deserialize<RetryContext>(RecoupJson.Options)!;
            Check(context, errors);
            return context;
        }
        catch (JsonException exception)
        {
            errors.Add(FieldOf(exception), "is missing something that is required, or has a value of the wrong type");
            return null;
        }
    }

    private static void Check(RetryContext context, FieldErrors errors)
    {
        if (!Currency.IsSupported(context.Currency))
        {
            errors.Add("currency", $"must be one of {string.Join(", ", Currency.Supported)}");
        }
        else if (context.AmountMinor <= 0 || context.AmountMinor > Currency.AmountMinorMax(context.Currency))
        {
            errors.Add("amount_minor", $"must be from 1 to {Currency.AmountMinorMax(context.Currency)} {context.Currency} minor units");
        }

        if (context.Retries < 0)
        {
            errors.Add("retries", "must not be below 0");
        }

        if (context.FirstDeclineAt > context.LastDecline.At || context.LastDecline.At > context.Now)
        {
            errors.Add("now", "must not be before last_decline.at, nor that before first_decline_at");
        }

        if (context.Customer.TimeZone is { } zone && !TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _))
        {
            errors.Add("customer.time_zone", "must be an IANA name, such as America/New_York");
        }
    }

    /// <summary>Where the fault is, without the reader's leading <c>$.</c>; for a missing field, the object that lacks it.</summary>
    private static string FieldOf(JsonException exception) => exception.Path is { Length: > 2 } path ? path[2..] : "body";
}

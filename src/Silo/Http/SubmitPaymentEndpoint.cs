using System.Globalization;
using System.Text.Json;
using Recoup.Intake;
using Recoup.Payments;
using Recoup.Silo.Http.Problems;

namespace Recoup.Silo.Http;

/// <summary><c>POST /payments</c>: takes a payment in. 201 once it is on disk, 200 with the payment as it is now when it came before.</summary>
internal static class SubmitPaymentEndpoint
{
    private const string IdempotencyKeyHeader = "Idempotency-Key";

    /// <summary>Longest time that <c>Prefer: wait=N</c> may ask for: a grain call must end before its own time-out.</summary>
    private static readonly TimeSpan PatienceMax = TimeSpan.FromSeconds(20);

    public static void MapSubmitPayment(this IEndpointRouteBuilder app) => app.MapPost("/payments", SubmitAsync)
        .WithName("SubmitPayment")
        .WithSummary("Submits a payment under the header Idempotency-Key; Prefer: wait=N waits for the first attempt's result.")
        .AcceptsJson<SubmitPayment>()
        .Produces<PaymentView>(StatusCodes.Status201Created)
        .Produces<PaymentView>()
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status409Conflict)
        .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
        .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    private static Task<IResult> SubmitAsync(HttpRequest request, IGrainFactory grains) =>
        RequestBody.UseAsync(request, body => SubmitBodyAsync(request, body, grains));

    private static async Task<IResult> SubmitBodyAsync(HttpRequest request, JsonElement body, IGrainFactory grains)
    {
        var errors = new FieldErrors();
        var key = PaymentIntake.ReadIdempotencyKey(RequestBody.Header(request, IdempotencyKeyHeader), errors);
        var command = PaymentIntake.Read(body, errors);
        if (errors.Any)
        {
            return Refusals.Invalid(errors);
        }

        var paymentId = PaymentIds.PaymentId(command.MerchantId, key);
        var grain = grains.GetGrain<IPaymentGrain>(paymentId);
        var outcome = await grain.SubmitAsync(command, key);
        if (outcome.Result == SubmitResult.Conflict)
        {
            return Refusals.Conflict(outcome.Differs);
        }

        var payment = Patience(request) is { } patience ? await WaitAsync(request, grain, patience) : outcome.Payment;
        return outcome.Result == SubmitResult.Accepted ? Results.Created($"/payments/{paymentId}", payment) : Results.Ok(payment);
    }

    private static async Task<PaymentView?> WaitAsync(HttpRequest request, IPaymentGrain grain, TimeSpan patience)
    {
        request.HttpContext.Response.Headers["Preference-Applied"] =
            string.Create(CultureInfo.InvariantCulture, $"wait={(int)patience.TotalSeconds}");
        return await grain.WaitForFirstAttemptAsync(patience);
    }

    /// <summary>The seconds of <c>Prefer: wait=N</c> (RFC 7240); what cannot be read there is no preference.</summary>
    private static TimeSpan? Patience(HttpRequest request)
    {
        foreach (var preference in request.Headers["Prefer"].SelectMany(static value => (value ?? "").Split(',')))
        {
            if (preference.Split('=', 2, StringSplitOptions.TrimEntries) is ["wait", var seconds]
                && int.TryParse(seconds, NumberStyles.None, CultureInfo.InvariantCulture, out var wait))
            {
                return TimeSpan.FromSeconds(Math.Min(wait, (int)PatienceMax.TotalSeconds));
            }
        }

        return null;
    }
}

using System.Text.Json;
using Recoup.Intake;
using Recoup.Payments;
using Recoup.Silo.Http.Problems;

namespace Recoup.Silo.Http;

/// <summary><c>GET /payments/{id}</c> and what a merchant may say about a payment later.</summary>
internal static class PaymentEndpoints
{
    private const int ReasonLengthMax = 500;

    public static void MapPayments(this IEndpointRouteBuilder app)
    {
        app.MapGet("/payments/{id}", GetAsync)
            .WithName("GetPayment")
            .WithSummary("The payment as it is now, with its attempts and decisions.")
            .Produces<PaymentView>()
            .ProducesProblem(StatusCodes.Status404NotFound);
        app.MapPost("/payments/{id}/cancel", CancelAsync)
            .WithName("CancelPayment")
            .WithSummary("Ends a payment that is not collected yet; body {\"reason\": \"...\"} optional.")
            .Produces<PaymentView>()
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict);
        app.MapPost("/payments/{id}/paid", PaidAsync)
            .WithName("MarkPaidElsewhere")
            .WithSummary("The customer paid by other means; body {\"reference\": \"...\"} optional.")
            .Produces<PaymentView>()
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict);
    }

    /// <summary>The grain behind an id; null when no payment can have it, so that no grain is woken for nothing.</summary>
    public static IPaymentGrain? Find(IGrainFactory grains, string id) =>
        PaymentIds.IsPaymentId(id) ? grains.GetGrain<IPaymentGrain>(id) : null;

    private static async Task<IResult> GetAsync(string id, IGrainFactory grains) =>
        Find(grains, id) is { } grain && await grain.GetAsync() is { } payment ? Results.Ok(payment) : Refusals.UnknownPayment();

    private static Task<IResult> CancelAsync(string id, HttpRequest request, IGrainFactory grains) =>
        CommandAsync(id, request, grains, "reason", static (grain, reason) => grain.CancelAsync(reason));

    private static Task<IResult> PaidAsync(string id, HttpRequest request, IGrainFactory grains) =>
        CommandAsync(id, request, grains, "reference", static (grain, reference) => grain.MarkPaidElsewhereAsync(new() { Reference = reference }));

    private static Task<IResult> CommandAsync(
        string id, HttpRequest request, IGrainFactory grains, string note, Func<IPaymentGrain, string?, Task<CommandOutcome>> command)
    {
        return RequestBody.UseAsync(request, UseAsync, mayBeEmpty: true);

        async Task<IResult> UseAsync(JsonElement body)
        {
            var errors = new FieldErrors();
            InputDocument.RefuseCardNumbers(body, errors);
            var text = new InputFields(body, errors).Text(note, ReasonLengthMax);
            if (errors.Any)
            {
                return Refusals.Invalid(errors);
            }

            return Find(grains, id) is { } grain ? Refusals.OrPayment(await command(grain, text)) : Refusals.UnknownPayment();
        }
    }
}

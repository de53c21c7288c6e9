using System.Text.Json;
using Recoup.Intake;
using Recoup.Payments;
using Recoup.Silo.Http.Problems;

namespace Recoup.Silo.Http;

/// <summary><c>POST /payments/{id}/refund</c>: gives money back, once for each idempotency key.</summary>
internal static class RefundEndpoint
{
    private const int ReasonLengthMax = 500;

    public static void MapRefunds(this IEndpointRouteBuilder app) => app.MapPost("/payments/{id}/refund", RefundAsync)
        .WithName("RefundPayment")
        .WithSummary("Gives back amount_minor, or all that is left; header Idempotency-Key required, body optional.")
        .AcceptsJson<RefundPayment>(isOptional: true)
        .Produces<PaymentView>()
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity);

    private static Task<IResult> RefundAsync(string id, HttpRequest request, IGrainFactory grains)
    {
        return RequestBody.UseAsync(request, UseAsync, mayBeEmpty: true);

        async Task<IResult> UseAsync(JsonElement body)
        {
            var errors = new FieldErrors();
            var key = PaymentIntake.ReadIdempotencyKey(RequestBody.Header(request, "Idempotency-Key"), errors);
            InputDocument.RefuseCardNumbers(body, errors);
            var fields = new InputFields(body, errors);
            var command = new RefundPayment
            {
                IdempotencyKey = key,
                AmountMinor = fields.AmountMinor("amount_minor", currency: ""),
                Reason = fields.Text("reason", ReasonLengthMax),
            };
            if (errors.Any)
            {
                return Refusals.Invalid(errors);
            }

            return PaymentEndpoints.Find(grains, id) is { } grain ? Refusals.OrPayment(await grain.RefundAsync(command)) : Refusals.UnknownPayment();
        }
    }
}

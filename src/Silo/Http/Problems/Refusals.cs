using System.Text.Json;
using Recoup.Intake;
using Recoup.Payments;

namespace Recoup.Silo.Http.Problems;

/// <summary>Every refusal of the API, as problem details (RFC 9457). None repeats what was sent.</summary>
internal static class Refusals
{
    public static IResult NotJson(JsonException exception) => Of(
        StatusCodes.Status400BadRequest,
        "The body is not one JSON object.",
        exception.LineNumber is { } line ? $"The fault is in line {line + 1}, at byte {exception.BytePositionInLine + 1}." : "Send one JSON object in UTF-8, without a byte-order mark.");

    public static IResult Invalid(FieldErrors errors) => Results.Problem(
        statusCode: StatusCodes.Status422UnprocessableEntity,
        title: "A value is wrong; nothing was done.",
        extensions: new Dictionary<string, object?>(StringComparer.Ordinal) { ["errors"] = errors.ByField });

    public static IResult Conflict(IReadOnlyList<string> differs) => Results.Problem(
        statusCode: StatusCodes.Status409Conflict,
        title: "This idempotency key came before with other parameters.",
        detail: "Send the parameters of the first request to get its payment, or another key for another payment.",
        extensions: new Dictionary<string, object?>(StringComparer.Ordinal) { ["differs"] = differs });

    public static IResult TooLarge(int bytesMax) => Of(
        StatusCodes.Status413PayloadTooLarge, "The body is too large.", $"At most {bytesMax} bytes are read.");

    public static IResult UnknownPayment() => Of(StatusCodes.Status404NotFound, "There is no such payment.", null);

    /// <summary>The answer to a command on a payment: the payment, or why not.</summary>
    public static IResult OrPayment(CommandOutcome outcome) => outcome.Result switch
    {
        CommandResult.Done or CommandResult.AlreadyDone => Results.Ok(outcome.Payment),
        CommandResult.Refused => Of(StatusCodes.Status409Conflict, "The payment's present state does not allow this.", outcome.Reason),
        _ => UnknownPayment(),
    };

    private static IResult Of(int status, string title, string? detail) => Results.Problem(statusCode: status, title: title, detail: detail);
}

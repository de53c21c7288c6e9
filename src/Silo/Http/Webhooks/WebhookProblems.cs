using Microsoft.AspNetCore.Http.HttpResults;
using Recoup.Webhooks;

namespace Recoup.Silo.Http.Webhooks;

/// <summary>The answers to a webhook that is not taken: what is wrong and what would be right, and nothing of what was sent.</summary>
internal static class WebhookProblems
{
    public static ProblemHttpResult NotConfigured(IReadOnlyList<string> settings) => Problem(
        StatusCodes.Status503ServiceUnavailable, "webhook-not-configured", "This webhook is not configured.", $"Set {string.Join(" and ", settings)}.");

    public static ProblemHttpResult TooLarge(int bytesMax) => Problem(
        StatusCodes.Status413PayloadTooLarge, "body-too-large", "The body is too large.", $"A webhook's body has at most {bytesMax} bytes.");

    public static ProblemHttpResult NotSigned(SignatureFault fault) =>
        Problem(StatusCodes.Status400BadRequest, fault.Type, fault.Title, fault.Detail);

    public static ProblemHttpResult NotJson() => Problem(
        StatusCodes.Status400BadRequest, "malformed-json", "The body is not JSON.", "A webhook's body is one JSON object in UTF-8, without anything after it.");

    public static ProblemHttpResult NotAnEvent(IReadOnlyList<FieldFault> faults) => Problem(
        StatusCodes.Status422UnprocessableEntity, "not-an-event", "The body is not an event of this provider.", Detail(faults), faults);

    public static ProblemHttpResult CardNumber(string field) => Problem(
        StatusCodes.Status422UnprocessableEntity,
        "card-number-present",
        "A field holds what looks like a card number.",
        "Cards are named by the provider's token; take the number out and send the event again.",
        [new FieldFault(field, "holds what looks like a card number")]);

    public static ProblemHttpResult Refused(IReadOnlyList<FieldFault> faults) => Problem(
        StatusCodes.Status422UnprocessableEntity, "invalid-value", "The event would move a payment that Recoup cannot take.", Detail(faults), faults);

    public static ProblemHttpResult NotSaved(HttpContext context)
    {
        context.Response.Headers.RetryAfter = "5";
        return Problem(
            StatusCodes.Status503ServiceUnavailable, "not-saved", "The event could not be saved.", "Send it again: it was not acknowledged, and a second delivery is harmless.");
    }

    private static string Detail(IReadOnlyList<FieldFault> faults) => string.Join("; ", faults.Select(fault => $"{fault.Field} {fault.Reason}"));

    private static ProblemHttpResult Problem(int status, string type, string title, string detail, IReadOnlyList<FieldFault>? faults = null) => TypedResults.Problem(
        statusCode: status,
        type: $"urn:recoup:problem:{type}",
        title: title,
        detail: detail,
        extensions: faults is null ? null : new Dictionary<string, object?> { ["errors"] = faults.GroupBy(fault => fault.Field).ToDictionary(group => group.Key, group => group.Select(fault => fault.Reason).ToArray()) });
}

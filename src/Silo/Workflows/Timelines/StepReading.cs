using System.Globalization;
using System.Text.Json;
using Recoup.Payments;
using Temporalio.Api.Common.V1;

namespace Recoup.Silo.Workflows.Timelines;

/// <summary>
/// What a recovery activity answered, read leniently: names in any case and with or without underscores, enumerations by name or number. A history
/// outlives the code that wrote it, so a field that is missing or strange is left out, never an error.
/// </summary>
internal sealed record StepReading(RecoveryAction? Action, PaymentStatus? Status, string? Summary, DateTimeOffset? Until, string? FailureCode)
{
    public static StepReading? Of(Payloads? result) =>
        result is { Payloads_.Count: > 0 } && PayloadText.Json(result.Payloads_[0]) is { ValueKind: JsonValueKind.Object } step
            ? new StepReading(
                Enumeration<RecoveryAction>(Field(step, "action")),
                Enumeration<PaymentStatus>(Field(step, "status")),
                Text(Field(step, "summary")),
                Text(Field(step, "until")) is { } until ? Time(until) : null,
                Text(Field(step, "failurecode")))
            : null;

    /// <summary>The number of the decision among an activity's inputs: a number by itself, or a field called so.</summary>
    public static int? Number(Payloads? input) => input?.Payloads_
        .Select(payload => PayloadText.Json(payload) is { } value ? Number(value) : null)
        .FirstOrDefault(number => number is not null);

    private static int? Number(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number when value.TryGetInt32(out var number) => number,
        JsonValueKind.Object when Field(value, "number") is { ValueKind: JsonValueKind.Number } field && field.TryGetInt32(out var number) => number,
        _ => null,
    };

    private static JsonElement? Field(JsonElement step, string name)
    {
        foreach (var property in step.EnumerateObject())
        {
            if (string.Equals(Plain(property.Name), name, StringComparison.OrdinalIgnoreCase))
            {
                return property.Value;
            }
        }

        return null;
    }

    private static string? Text(JsonElement? value) => value is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    private static DateTimeOffset? Time(string text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;

    private static T? Enumeration<T>(JsonElement? value)
        where T : struct, Enum => value switch
        {
            { ValueKind: JsonValueKind.String } name when Enum.TryParse<T>(Plain(name.GetString()!), ignoreCase: true, out var parsed) => parsed,
            { ValueKind: JsonValueKind.Number } number when number.TryGetInt32(out var index) && Enum.IsDefined((T)(object)index) => (T)(object)index,
            _ => null,
        };

    private static string Plain(string name) => name.Replace("_", "", StringComparison.Ordinal);
}

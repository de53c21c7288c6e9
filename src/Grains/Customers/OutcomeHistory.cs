using System.Text.Json;
using System.Text.Json.Serialization;

namespace Recoup.Customers;

/// <summary>
/// The newest outcomes in the order in which they were recorded, at most <see cref="Capacity"/>. It is also the ring of applied ids: an outcome that is
/// in it has been counted. Stored as rows of values, because it is written with every outcome.
/// </summary>
[GenerateSerializer, Immutable, Alias("recoup.outcome-history"), JsonConverter(typeof(OutcomeHistoryConverter))]
public sealed record OutcomeHistory
{
    public const int Capacity = 100;

    public static OutcomeHistory Empty { get; } = new() { Outcomes = [] };

    /// <summary>Oldest first.</summary>
    [Id(0)] public required IReadOnlyList<PaymentOutcome> Outcomes { get; init; }

    public bool Contains(PaymentOutcome outcome) => Outcomes.Any(known =>
        known.OutcomeId == outcome.OutcomeId && known.PaymentId == outcome.PaymentId && known.Kind == outcome.Kind);

    public OutcomeHistory Add(PaymentOutcome outcome) => new()
    {
        Outcomes = [.. Outcomes.Skip(Math.Max(0, Outcomes.Count - Capacity + 1)), outcome],
    };
}

/// <summary>Writes an outcome as <c>[payment, outcome id, kind, amount, currency, unix ms, failure code, subscription]</c>.</summary>
public sealed class OutcomeHistoryConverter : JsonConverter<OutcomeHistory>
{
    public override OutcomeHistory Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        return new OutcomeHistory { Outcomes = [.. document.RootElement.EnumerateArray().Select(FromRow)] };
    }

    public override void Write(Utf8JsonWriter writer, OutcomeHistory value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        foreach (var outcome in value.Outcomes)
        {
            writer.WriteStartArray();
            writer.WriteStringValue(outcome.PaymentId);
            writer.WriteStringValue(outcome.OutcomeId);
            writer.WriteNumberValue((int)outcome.Kind);
            writer.WriteNumberValue(outcome.AmountMinor);
            writer.WriteStringValue(outcome.Currency);
            writer.WriteNumberValue(outcome.At.ToUnixTimeMilliseconds());
            writer.WriteStringValue(outcome.FailureCode);
            writer.WriteStringValue(outcome.SubscriptionId);
            writer.WriteEndArray();
        }

        writer.WriteEndArray();
    }

    private static PaymentOutcome FromRow(JsonElement row) => new()
    {
        PaymentId = row[0].GetString()!,
        OutcomeId = row[1].GetString()!,
        Kind = (PaymentOutcomeKind)row[2].GetInt32(),
        AmountMinor = row[3].GetInt64(),
        Currency = row[4].GetString()!,
        At = DateTimeOffset.FromUnixTimeMilliseconds(row[5].GetInt64()),
        FailureCode = row[6].GetString(),
        SubscriptionId = row[7].GetString(),
    };
}

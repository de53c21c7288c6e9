using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Recoup.Intake;
using Recoup.Streaming.Kafka.Records;

namespace Recoup.Silo.Events;

/// <summary>Takes card numbers out of a record before it is kept among the dead letters.</summary>
internal static class DeadLetterRedaction
{
    private static readonly byte[] Removed = Encoding.UTF8.GetBytes(CardNumbers.Removed);

    public static KafkaRecord Redact(KafkaRecord record) => record with
    {
        Key = Redact(record.Key),
        Value = Redact(record.Value),
        Headers = [.. record.Headers.Select(static header => header with { Value = Redact(header.Value) })],
    };

    /// <summary>Where a number may be spelled with escapes, or in bytes that are no UTF-8, the whole value is left out.</summary>
    public static byte[]? Redact(byte[]? value)
    {
        if (value is null)
        {
            return null;
        }

        if (!Utf8.IsValid(value))
        {
            return CardNumbers.Contains(Encoding.Latin1.GetString(value)) ? Removed : value;
        }

        var text = Encoding.UTF8.GetString(value);
        var kept = CardNumbers.Remove(text);
        return kept.Contains('\\', StringComparison.Ordinal) && MayHideNumbers(kept) ? Removed
            : ReferenceEquals(kept, text) ? value
            : Encoding.UTF8.GetBytes(kept);
    }

    private static bool MayHideNumbers(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            var errors = new FieldErrors();
            InputDocument.RefuseCardNumbers(document.RootElement, errors);
            return errors.Any;
        }
        catch (JsonException)
        {
            return true;
        }
    }
}

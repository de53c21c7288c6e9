using System.Text;
using System.Text.Json;
using Recoup.Intake;
using Recoup.Payments;
using Recoup.Streaming.Kafka.Records;

namespace Recoup.Silo.Events;

/// <summary>
/// Reads <c>payments.requests</c> with the rules of <c>POST /payments</c>. What they refuse never reaches a grain: it goes to the dead letters with the
/// reason, which names fields and never quotes a value.
/// </summary>
internal sealed class PaymentRequestSerializer : IKafkaRecordSerializer
{
    /// <summary>As large as a body of the API.</summary>
    private const int BytesMax = 64 * 1024;

    public KafkaRecord Serialize<TEvent>(StreamId stream, TEvent streamEvent) => throw new NotSupportedException("This topic is read only.");

    public object Deserialize(KafkaRecord record, Type eventType)
    {
        ArgumentNullException.ThrowIfNull(record);
        if (record.Value is not { Length: > 0 } value)
        {
            throw new KafkaRecordException("The record is empty: its value must be the JSON body of POST /payments.");
        }

        if (value.Length > BytesMax)
        {
            throw new KafkaRecordException($"The value has {value.Length} bytes; {BytesMax} are allowed.");
        }

        using var body = Parse(value);
        var errors = new FieldErrors();
        var command = PaymentIntake.Read(body.RootElement, errors);
        var key = PaymentIntake.ReadIdempotencyKey(KeyOf(record, command.MerchantId), errors);
        return errors.Any
            ? throw new KafkaRecordException(string.Join("; ", errors.ByField.Select(static field => $"{field.Key} {string.Join(", ", field.Value)}")))
            : new PaymentRequest { IdempotencyKey = key, Command = command, Record = value };
    }

    private static string KeyOf(KafkaRecord record, string merchantId)
    {
        var key = record.Key is null ? "" : Encoding.UTF8.GetString(record.Key);
        return key.StartsWith(merchantId + ":", StringComparison.Ordinal) && merchantId.Length > 0
            ? key[(merchantId.Length + 1)..]
            : throw new KafkaRecordException("The record's key must be {merchant_id}:{idempotency key}, with the merchant_id of the value.");
    }

    private static JsonDocument Parse(byte[] value)
    {
        try
        {
            return InputDocument.Parse(value);
        }
        catch (JsonException exception)
        {
            throw new KafkaRecordException($"The value is not one JSON object in UTF-8 (line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1}).");
        }
    }
}

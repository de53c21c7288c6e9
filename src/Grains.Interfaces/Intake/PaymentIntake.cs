using System.Text.Json;
using Recoup.Payments;

namespace Recoup.Intake;

/// <summary>Turns the body of <c>POST /payments</c>, or a record of <c>payments.requests</c>, into a command. Pure: same input, same answer.</summary>
public static class PaymentIntake
{
    public const int MetadataEntriesMax = 50;
    public const int MetadataKeyLengthMax = 40;
    public const int MetadataValueLengthMax = 500;

    /// <summary>Reads the command and notes what is wrong; the command is usable only while <paramref name="errors"/> is empty.</summary>
    public static SubmitPayment Read(JsonElement body, FieldErrors errors)
    {
        InputDocument.RefuseCardNumbers(body, errors);
        var fields = new InputFields(body, errors);
        var currency = fields.Currency("currency");
        return new()
        {
            CustomerId = fields.RequiredText("customer_id"),
            MerchantId = fields.RequiredText("merchant_id"),
            AmountMinor = fields.RequiredAmountMinor("amount_minor", currency),
            Currency = currency,
            CardId = fields.Text("card_id"),
            CardNetwork = fields.Text("card_network", lengthMax: 32)?.ToLowerInvariant(),
            CardCountry = fields.Country("card_country"),
            BillingCountry = fields.Country("billing_country"),
            Metadata = ReadMetadata(fields),
            InitiatedBy = ReadInitiator(fields),
            SubscriptionId = fields.Text("subscription_id"),
        };
    }

    /// <summary>Notes what is wrong with an idempotency key: it must be there, at most 255 characters of visible ASCII, and no card number.</summary>
    public static string ReadIdempotencyKey(string? key, FieldErrors errors)
    {
        const string Field = "Idempotency-Key";
        if (string.IsNullOrWhiteSpace(key))
        {
            errors.Add(Field, "is required as a header: a text of yours that is the same whenever you send this again");
        }
        else if (key.Length > InputFields.TextLengthMax || key.Any(static character => character is < ' ' or > '~'))
        {
            errors.Add(Field, $"must have at most {InputFields.TextLengthMax} characters of visible ASCII");
        }
        else if (CardNumbers.Contains(key))
        {
            errors.Add(Field, "looks like a card number; send another text");
        }

        return key ?? "";
    }

    private static Dictionary<string, string> ReadMetadata(InputFields fields)
    {
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal);
        if (!fields.TryGet("metadata", out var value))
        {
            return metadata;
        }

        if (value.ValueKind != JsonValueKind.Object || value.GetPropertyCount() > MetadataEntriesMax)
        {
            fields.Errors.Add("metadata", $"must be an object of at most {MetadataEntriesMax} texts");
            return metadata;
        }

        foreach (var entry in value.EnumerateObject())
        {
            ReadEntry(entry, metadata, fields.Errors);
        }

        return metadata;
    }

    private static void ReadEntry(JsonProperty entry, Dictionary<string, string> metadata, FieldErrors errors)
    {
        var text = entry.Value.ValueKind == JsonValueKind.String ? InputText.Read(entry.Value) : null;
        if (text is null || text.Length > MetadataValueLengthMax || InputDocument.NameOf(entry) is not { Length: > 0 and <= MetadataKeyLengthMax } name)
        {
            errors.Add(
                "metadata",
                $"must have names of 1 to {MetadataKeyLengthMax} characters and texts of at most {MetadataValueLengthMax}; numbers go in quotes");
            return;
        }

        metadata[name] = text;
    }

    private static Initiator ReadInitiator(InputFields fields)
    {
        switch (fields.Text("initiated_by"))
        {
            case null or "customer":
                return Initiator.Customer;
            case "merchant":
                return Initiator.Merchant;
            default:
                fields.Errors.Add("initiated_by", "must be customer or merchant");
                return Initiator.Customer;
        }
    }
}

using System.Text.Json;
using System.Text.RegularExpressions;

namespace Recoup.Intake;

/// <summary>
/// Reads the fields of one JSON object and notes what is wrong with each. Texts are trimmed, and those that stand for nothing (<c>null</c>, <c>n/a</c>,
/// blanks, ...) are missing, as CONTRACTS has it for every source.
/// </summary>
public sealed partial class InputFields(JsonElement source, FieldErrors errors, string prefix = "")
{
    public const int TextLengthMax = 255;

    public FieldErrors Errors => errors;

    /// <summary>A text that must be there; empty when it is not, which is noted.</summary>
    public string RequiredText(string field)
    {
        var text = Text(field, out var isWrong);
        if (text is null && !isWrong)
        {
            errors.Add(prefix + field, "is required");
        }

        return text ?? "";
    }

    public string? Text(string field, int lengthMax = TextLengthMax) => Text(field, out _, lengthMax);

    public string? Country(string field)
    {
        if (Text(field) is not { } code)
        {
            return null;
        }

        if (!Countries.IsCountry(code))
        {
            errors.Add(prefix + field, "must be two upper-case letters of ISO 3166, such as US");
        }

        return code;
    }

    /// <summary>One of the supported currencies, in any case; empty when it is not, which is noted.</summary>
    public string Currency(string field)
    {
        var code = RequiredText(field).ToUpperInvariant();
        if (code.Length > 0 && !Amounts.Currency.IsSupported(code))
        {
            errors.Add(prefix + field, $"must be one of {string.Join(", ", Amounts.Currency.Supported)}");
            return "";
        }

        return code;
    }

    /// <summary>An amount in minor units, above 0 and at most a million major units.</summary>
    /// <param name="field">The field.</param>
    /// <param name="currency">The currency as <see cref="Currency"/> read it; empty: the limit is not checked.</param>
    public long? AmountMinor(string field, string currency)
    {
        if (!TryGet(field, out var value))
        {
            return null;
        }

        if (value.ValueKind != JsonValueKind.Number || !WrittenAsInteger().IsMatch(value.GetRawText()))
        {
            errors.Add(prefix + field, "must be an integer, in minor units of the currency (4999 is 49.99 USD)");
            return null;
        }

        var max = currency.Length == 0 ? long.MaxValue : Amounts.Currency.AmountMinorMax(currency);
        if (!value.TryGetInt64(out var minor) || minor <= 0 || minor > max)
        {
            errors.Add(prefix + field, currency.Length == 0 ? "must be above 0" : $"must be from 1 to {max} {currency} minor units");
            return null;
        }

        return minor;
    }

    public long RequiredAmountMinor(string field, string currency)
    {
        if (!TryGet(field, out _))
        {
            errors.Add(prefix + field, "is required");
            return 0;
        }

        return AmountMinor(field, currency) ?? 0;
    }

    /// <summary>The value of a field that is there and is not null.</summary>
    public bool TryGet(string field, out JsonElement value) =>
        source.TryGetProperty(field, out value) && value.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined);

    private string? Text(string field, out bool isWrong, int lengthMax = TextLengthMax)
    {
        isWrong = false;
        if (!TryGet(field, out var value))
        {
            return null;
        }

        var text = value.ValueKind == JsonValueKind.String ? InputText.Read(value) : null;
        if (text is null)
        {
            isWrong = true;
            errors.Add(prefix + field, "must be a text of valid Unicode");
            return null;
        }

        text = InputText.Trim(text);
        if (InputText.IsNothing(text))
        {
            return null;
        }

        if (text.Length > lengthMax || text.Any(char.IsControl))
        {
            isWrong = true;
            errors.Add(prefix + field, $"must have at most {lengthMax} characters, and no control characters");
            return null;
        }

        return text;
    }

    [GeneratedRegex("^-?[0-9]+$")]
    private static partial Regex WrittenAsInteger();
}

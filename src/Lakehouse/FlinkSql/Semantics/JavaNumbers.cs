using System.Buffers;
using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;

namespace Recoup.Lakehouse.FlinkSql.Semantics;

/// <summary>Texts as numbers, as Flink's casts and Java read them.</summary>
internal static partial class JavaNumbers
{
    private static readonly SearchValues<byte> PlainDigits = SearchValues.Create("0123456789."u8);

    /// <summary>Blanks (U+0020) around are dropped; a fraction is read and cut off; nothing else may stand there.</summary>
    public static bool TryParseInteger(ReadOnlySpan<byte> text, long least, long most, out long value)
    {
        text = text.Trim((byte)' ');
        value = 0;
        var negative = text.Length > 0 && text[0] == '-';
        if (negative || (text.Length > 0 && text[0] == '+'))
        {
            text = text[1..];
        }

        if (text.IsEmpty)
        {
            return false;
        }

        var point = text.IndexOf((byte)'.');
        var whole = point < 0 ? text : text[..point];
        var sum = (Int128)0;
        foreach (var digit in whole)
        {
            if (!char.IsAsciiDigit((char)digit))
            {
                return false;
            }

            sum = sum > long.MaxValue ? sum : (sum * 10) + (digit - '0');
        }

        foreach (var digit in point < 0 ? default : text[(point + 1)..])
        {
            if (!char.IsAsciiDigit((char)digit))
            {
                return false;
            }
        }

        sum = negative ? -sum : sum;
        value = sum >= least && sum <= most ? (long)sum : 0;
        return sum >= least && sum <= most;
    }

    /// <summary>Digits with one point, as most numbers are written; anything else is for <see cref="TryParseDouble"/>.</summary>
    public static bool TryParsePlainDouble(ReadOnlySpan<byte> text, out double value)
    {
        value = 0;
        return !text.IsEmpty && char.IsAsciiDigit((char)text[0]) && char.IsAsciiDigit((char)text[^1]) && !text.ContainsAnyExcept(PlainDigits)
            && double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out value);
    }

    /// <summary>Java's Double.parseDouble: control characters around, a suffix d or f, Infinity and NaN, hexadecimal with p.</summary>
    public static bool TryParseDouble(string text, out double value)
    {
        var plain = Plain(text);
        value = 0;
        return plain is not null && double.TryParse(plain, NumberStyles.Float, CultureInfo.InvariantCulture, out value);
    }

    /// <inheritdoc cref="TryParseDouble"/>
    public static bool TryParseFloat(string text, out float value)
    {
        var plain = Plain(text);
        value = 0;
        return plain is not null && float.TryParse(plain, NumberStyles.Float, CultureInfo.InvariantCulture, out value);
    }

    private static string? Plain(string text)
    {
        var start = 0;
        var end = text.Length;
        while (start < end && text[start] <= ' ')
        {
            start++;
        }

        while (end > start && text[end - 1] <= ' ')
        {
            end--;
        }

        text = text[start..end];
        if (DecimalFloat().Match(text) is { Success: true } match)
        {
            return match.Groups[1].Value;
        }

        if (text.TrimStart('+', '-') is "NaN" or "Infinity" && text.Count(letter => letter is '+' or '-') <= 1)
        {
            return text.EndsWith("NaN", StringComparison.Ordinal) ? "NaN" : text;
        }

        return HexadecimalFloat().Match(text) is { Success: true } hexadecimal ? FromHexadecimal(hexadecimal) : null;
    }

    private static string FromHexadecimal(Match match)
    {
        var fraction = match.Groups["fraction"].Value;
        var digits = BigInteger.Parse($"0{match.Groups["whole"].Value}{fraction}", NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        var exponent = int.Parse(match.Groups["exponent"].ValueSpan, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture) - (4 * fraction.Length);
        exponent = Math.Clamp(exponent, -4000, 4000);
        var scaled = exponent >= 0 ? digits << exponent : digits * BigInteger.Pow(5, -exponent);
        return $"{match.Groups["sign"].Value}{scaled}E{Math.Min(0, exponent)}";
    }

    [GeneratedRegex(@"^([+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)[dDfF]?\z")]
    private static partial Regex DecimalFloat();

    [GeneratedRegex(@"^(?<sign>[+-]?)0[xX](?:(?<whole>[0-9a-fA-F]+)\.?(?<fraction>[0-9a-fA-F]*)|\.(?<fraction>[0-9a-fA-F]+))[pP](?<exponent>[+-]?[0-9]{1,6})[dDfF]?\z")]
    private static partial Regex HexadecimalFloat();
}

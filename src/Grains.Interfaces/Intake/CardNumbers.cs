using System.Globalization;
using System.Text;

namespace Recoup.Intake;

/// <summary>
/// Finds what looks like a card number in a text: digits with single blanks or dashes between, no letter or digit right beside them, that begin and
/// are as long as a number of one of the large networks and pass the Luhn check (ISO/IEC 7812-1, annex B).
/// </summary>
public static class CardNumbers
{
    /// <summary>What stands in the place of a number that was taken out.</summary>
    public const string Removed = "[card number removed]";

    private const int DigitsMin = 13;
    private const int DigitsMax = 19;

    public static bool Contains(ReadOnlySpan<char> text) => Find(text, 0) is not null;

    /// <summary>The text with every card number in it replaced by <see cref="Removed"/>; the same instance when there is none.</summary>
    public static string Remove(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (Find(text, 0) is not { } found)
        {
            return text;
        }

        var kept = new StringBuilder(text.Length);
        var position = 0;
        for (Range? next = found; next is { } range; next = Find(text, position))
        {
            kept.Append(text, position, range.Start.Value - position).Append(Removed);
            position = range.End.Value;
        }

        return kept.Append(text, position, text.Length - position).ToString();
    }

    /// <summary>The first card number that starts at <paramref name="from"/> or later.</summary>
    private static Range? Find(ReadOnlySpan<char> text, int from)
    {
        for (var start = from; start < text.Length; start++)
        {
            // A number starts where a group of digits starts, so that one behind other digits ("17 4242 ...") is found too.
            if (DigitAt(text, start) >= 0 && (start == 0 || !char.IsLetterOrDigit(text[start - 1])) && EndOfNumber(text, start) is { } end)
            {
                return start..end;
            }
        }

        return null;
    }

    /// <summary>Where the longest card number that begins at <paramref name="start"/> ends; null when none begins there.</summary>
    private static int? EndOfNumber(ReadOnlySpan<char> text, int start)
    {
        Span<byte> digits = stackalloc byte[DigitsMax];
        var count = 0;
        int? end = null;
        for (var i = start; i < text.Length && count <= DigitsMax; i++)
        {
            var digit = DigitAt(text, i);
            if (digit < 0)
            {
                if (!IsSeparator(text[i]) || i + 1 >= text.Length || DigitAt(text, i + 1) < 0)
                {
                    break;
                }

                continue;
            }

            if (count == DigitsMax)
            {
                break;
            }

            digits[count++] = (byte)digit;
            var groupEnds = i + 1 == text.Length || !char.IsLetterOrDigit(text[i + 1]);
            if (groupEnds && IsCardNumber(digits[..count]))
            {
                end = i + 1;
            }
        }

        return end;
    }

    private static bool IsCardNumber(ReadOnlySpan<byte> digits) => digits.Length >= DigitsMin && IsIssued(digits) && PassesLuhn(digits);

    /// <summary>First digits and lengths of Visa, Mastercard, American Express, Discover, JCB, Diners Club and UnionPay.</summary>
    private static bool IsIssued(ReadOnlySpan<byte> digits)
    {
        var first4 = (digits[0] * 1000) + (digits[1] * 100) + (digits[2] * 10) + digits[3];
        var length = digits.Length;
        return first4 switch
        {
            >= 4000 and <= 4999 => length is 13 or 16 or 19,
            (>= 5100 and <= 5599) or (>= 2221 and <= 2720) => length == 16,
            (>= 3400 and <= 3499) or (>= 3700 and <= 3799) => length == 15,
            6011 or (>= 6440 and <= 6599) => length is >= 16 and <= 19,
            >= 3528 and <= 3589 => length is >= 16 and <= 19,
            (>= 3000 and <= 3059) or 3095 or (>= 3600 and <= 3699) or (>= 3800 and <= 3999) => length is >= 14 and <= 19,
            (>= 6200 and <= 6299) or (>= 8100 and <= 8199) => length is >= 16 and <= 19,
            _ => false,
        };
    }

    private static bool PassesLuhn(ReadOnlySpan<byte> digits)
    {
        var sum = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            var digit = (int)digits[digits.Length - 1 - i];
            var doubled = i % 2 == 0 ? digit : digit * 2;
            sum += doubled > 9 ? doubled - 9 : doubled;
        }

        return sum % 10 == 0;
    }

    /// <summary>The value of the decimal digit (of any script) at a place; -1 where there is none.</summary>
    private static int DigitAt(ReadOnlySpan<char> text, int index) => char.IsAscii(text[index])
        ? char.IsAsciiDigit(text[index]) ? text[index] - '0' : -1
        : CharUnicodeInfo.GetDecimalDigitValue(text[index]);

    private static bool IsSeparator(char character) =>
        character is '-' || char.IsWhiteSpace(character) || char.GetUnicodeCategory(character) is UnicodeCategory.DashPunctuation;
}

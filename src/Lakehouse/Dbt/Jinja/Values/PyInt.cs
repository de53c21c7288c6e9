using System.Numerics;

namespace Recoup.Lakehouse.Dbt.Jinja.Values;

/// <summary>Python's ints: <see cref="long"/> while it holds them, <see cref="BigInteger"/> beyond.</summary>
internal static class PyInt
{
    public static object Normal(BigInteger value) => value >= long.MinValue && value <= long.MaxValue ? (long)value : (object)value;

    public static object Normal(Int128 value) => value >= long.MinValue && value <= long.MaxValue ? (long)value : (object)(BigInteger)value;

    /// <summary>An int, or a bool as Python counts with it.</summary>
    public static bool TryGet(object? value, out BigInteger number)
    {
        number = value switch
        {
            long integer => integer,
            bool flag => flag ? 1 : 0,
            BigInteger big => big,
            _ => default,
        };
        return value is long or bool or BigInteger;
    }

    /// <summary>For counts, widths and indexes.</summary>
    /// <exception cref="JinjaException">The value is no int, or none that anything here is counted with.</exception>
    public static int Small(object? value)
    {
        if (value is JinjaUndefined undefined)
        {
            throw JinjaException.Undefined(undefined.Message);
        }

        if (!TryGet(value, out var number))
        {
            throw JinjaException.Runtime($"'{PyType.NameOf(value)}' object cannot be interpreted as an integer");
        }

        return number >= int.MinValue && number <= int.MaxValue
            ? (int)number
            : throw JinjaException.Runtime("Python int too large to convert to C ssize_t");
    }

    /// <summary>Python's <c>int(text, base)</c>: spaces around, underscores between digits, a prefix that fits the base.</summary>
    public static bool TryParse(string text, int radix, out BigInteger number)
    {
        number = BigInteger.Zero;
        var digits = PyText.Trim(text);
        var isNegative = digits.StartsWith('-');
        digits = digits.Length > 0 && digits[0] is '-' or '+' ? digits[1..] : digits;
        if (!TryPrefix(ref digits, ref radix) || digits.Length == 0 || digits[0] == '_' || digits[^1] == '_' || digits.Contains("__", StringComparison.Ordinal))
        {
            return false;
        }

        foreach (var character in digits.Where(character => character != '_'))
        {
            var digit = Digit(character);
            if (digit < 0 || digit >= radix)
            {
                return false;
            }

            number = (number * radix) + digit;
        }

        number = isNegative ? -number : number;
        return true;
    }

    private static bool TryPrefix(ref string digits, ref int radix)
    {
        var prefixed = digits.Length > 1 && digits[0] == '0'
            ? char.ToLowerInvariant(digits[1]) switch { 'x' => 16, 'o' => 8, 'b' => 2, _ => 0 }
            : 0;
        if (prefixed != 0 && (radix == 0 || radix == prefixed))
        {
            radix = prefixed;
            digits = digits[2..].TrimStart('_');
            return true;
        }

        // Base 0 reads as source code does, where 010 is no number.
        var isAmbiguous = radix == 0 && digits.Length > 1 && digits[0] == '0' && digits.Any(digit => digit is not ('0' or '_'));
        radix = radix == 0 ? 10 : radix;
        return !isAmbiguous;
    }

    private static int Digit(char character) => character switch
    {
        >= 'a' and <= 'z' => character - 'a' + 10,
        >= 'A' and <= 'Z' => character - 'A' + 10,
        _ when char.IsDigit(character) => (int)char.GetNumericValue(character),
        _ => -1,
    };
}

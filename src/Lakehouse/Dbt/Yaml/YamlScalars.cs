using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;
using Recoup.Lakehouse.Dbt.Jinja;
using Recoup.Lakehouse.Dbt.Jinja.Modules;
using Recoup.Lakehouse.Dbt.Jinja.Values;

namespace Recoup.Lakehouse.Dbt.Yaml;

/// <summary>What a plain scalar means by YAML 1.1, with PyYAML's own patterns: <c>1e3</c> is text, <c>010</c> is 8, <c>1:30</c> is 90.</summary>
internal static partial class YamlScalars
{
    /// <exception cref="JinjaException">The text looks like a date that there is not.</exception>
    public static object? Resolve(string text) => text switch
    {
        "" or "~" or "null" or "Null" or "NULL" => null,
        "yes" or "Yes" or "YES" or "true" or "True" or "TRUE" or "on" or "On" or "ON" => true,
        "no" or "No" or "NO" or "false" or "False" or "FALSE" or "off" or "Off" or "OFF" => false,
        "=" => throw JinjaException.Runtime("could not determine a constructor for the tag 'tag:yaml.org,2002:value'"),
        _ when !char.IsAsciiDigit(text[0]) && text[0] is not ('+' or '-' or '.') => text,
        _ when Int().IsMatch(text) => ReadInt(text.Replace("_", "", StringComparison.Ordinal)),
        _ when Float().IsMatch(text) => ReadFloat(text.Replace("_", "", StringComparison.Ordinal).ToLowerInvariant()),
        _ when Timestamp().Match(text) is { Success: true } match => ReadTimestamp(match),
        _ => text,
    };

    /// <summary>The text would be read back as something else than text.</summary>
    public static bool IsSpecial(string text) => text is "<<" or "=" || Resolve(text) is not string;

    [GeneratedRegex(@"\A(?:[-+]?0b[0-1_]+|[-+]?0[0-7_]+|[-+]?(?:0|[1-9][0-9_]*)|[-+]?0x[0-9a-fA-F_]+|[-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+)\z")]
    private static partial Regex Int();

    [GeneratedRegex(@"\A(?:[-+]?(?:[0-9][0-9_]*)\.[0-9_]*(?:[eE][-+][0-9]+)?|\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))\z")]
    private static partial Regex Float();

    [GeneratedRegex(@"\A(?<y>[0-9]{4})-(?<m>[0-9][0-9]?)-(?<d>[0-9][0-9]?)(?:(?:[Tt]|[ \t]+)(?<h>[0-9]{1,2}):(?<n>[0-9]{2}):(?<s>[0-9]{2})(?:\.(?<f>[0-9]*))?(?:[ \t]*(?<z>Z|[-+][0-9][0-9]?(?::[0-9][0-9])?))?)?\z")]
    private static partial Regex Timestamp();

    private static object ReadInt(string text)
    {
        var isNegative = text[0] == '-';
        var digits = text.TrimStart('+', '-');
        var value = digits switch
        {
            "0" => BigInteger.Zero,
            _ when digits.StartsWith("0b", StringComparison.Ordinal) => Radix(digits[2..], 2),
            _ when digits.StartsWith("0x", StringComparison.Ordinal) => Radix(digits[2..], 16),
            _ when digits[0] == '0' => Radix(digits, 8),
            _ => digits.Split(':').Aggregate(BigInteger.Zero, (sum, part) => (sum * 60) + BigInteger.Parse(part, CultureInfo.InvariantCulture)),
        };
        return PyInt.Normal(isNegative ? -value : value);
    }

    private static BigInteger Radix(string digits, int radix) =>
        PyInt.TryParse(digits, radix, out var value) ? value : throw JinjaException.Runtime($"'{digits}' is no int");

    private static object ReadFloat(string text)
    {
        var sign = text[0] == '-' ? -1.0 : 1.0;
        var digits = text.TrimStart('+', '-');
        return digits switch
        {
            ".inf" => sign * double.PositiveInfinity,
            ".nan" => double.NaN,
            _ => sign * digits.Split(':').Aggregate(0.0, (sum, part) => (sum * 60) + double.Parse(part, CultureInfo.InvariantCulture)),
        };
    }

    private static object ReadTimestamp(Match match)
    {
        // A date alone has two digits for month and day; otherwise it is text.
        if (!match.Groups["h"].Success)
        {
            return match.Length == 10 ? PyDate.Create(Part("y"), Part("m"), Part("d")) : match.Value;
        }

        var micros = match.Groups["f"].Value.PadRight(6, '0')[..6];
        var time = PyDateTime.Create([Part("y"), Part("m"), Part("d"), Part("h"), Part("n"), Part("s"), long.Parse(micros, CultureInfo.InvariantCulture), null]);
        return match.Groups["z"].Success ? time with { Offset = Offset(match.Groups["z"].Value) } : time;

        object Part(string name) => long.Parse(match.Groups[name].Value, CultureInfo.InvariantCulture);
    }

    private static TimeSpan Offset(string text)
    {
        if (text == "Z")
        {
            return TimeSpan.Zero;
        }

        var parts = text[1..].Split(':').Select(part => int.Parse(part, CultureInfo.InvariantCulture)).ToArray();
        var offset = new TimeSpan(parts[0], parts.Length > 1 ? parts[1] : 0, 0);
        return text[0] == '-' ? -offset : offset;
    }
}

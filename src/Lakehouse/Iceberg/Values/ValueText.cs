using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;
using Recoup.Lakehouse.Iceberg.Schemas;

namespace Recoup.Lakehouse.Iceberg.Values;

/// <summary>Reads values from text as DuckDB and JSON write them, and writes them as SQL literals for DuckDB. Times are UTC.</summary>
public static partial class ValueText
{
    private const long MicrosecondsInDay = 86_400_000_000;

    /// <summary>Reads one value.</summary>
    /// <exception cref="IcebergException">The text is no value of the type.</exception>
    public static object Parse(PrimitiveType type, string text) => TryParse(type, text, out var value)
        ? value
        : throw IcebergException.Invalid($"'{text}' is no value of type {type}.");

    public static bool TryParse(PrimitiveType type, string text, out object value)
    {
        value = type.Kind switch
        {
            PrimitiveKind.Boolean => text switch { "1" or "true" => true, "0" or "false" => false, _ => null! },
            PrimitiveKind.Int => int.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number : null!,
            PrimitiveKind.Long => long.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number : null!,
            PrimitiveKind.Float => Floating(text) is { } number ? (float)number : null!,
            PrimitiveKind.Double => Floating(text) is { } number ? number : null!,
            PrimitiveKind.Decimal => Decimal(text, type.Scale) is { } unscaled ? unscaled : null!,
            PrimitiveKind.Date => Moment(text) is { } micros && micros % MicrosecondsInDay is 0 ? (int)(micros / MicrosecondsInDay) : null!,
            PrimitiveKind.Time => Moment($"1970-01-01 {text}") is { } micros ? micros : null!,
            PrimitiveKind.Timestamp or PrimitiveKind.Timestamptz => Moment(text) is { } micros ? micros : null!,
            PrimitiveKind.String => text,
            PrimitiveKind.Uuid => Guid.TryParse(text, out var uuid) ? uuid.ToByteArray(bigEndian: true) : null!,
            _ => Hex(text)!,
        };
        return value is not null;
    }

    /// <summary>The value as an SQL expression of exactly its type.</summary>
    public static string ToSql(PrimitiveType type, object value) => type.Kind switch
    {
        PrimitiveKind.Boolean => (bool)value ? "true" : "false",
        PrimitiveKind.Int or PrimitiveKind.Long => $"CAST({Invariant(value)} AS {DuckType.Of(type)})",
        PrimitiveKind.Float => $"CAST('{((float)value).ToString("R", CultureInfo.InvariantCulture)}' AS FLOAT)",
        PrimitiveKind.Double => $"CAST('{((double)value).ToString("R", CultureInfo.InvariantCulture)}' AS DOUBLE)",
        PrimitiveKind.Decimal => $"CAST('{DecimalText((BigInteger)value, type.Scale)}' AS {DuckType.Of(type)})",
        PrimitiveKind.Date => $"(DATE '1970-01-01' + CAST({Invariant(value)} AS INTEGER))",
        PrimitiveKind.Time => $"CAST(make_timestamp(CAST({Invariant(value)} AS BIGINT)) AS TIME)",
        PrimitiveKind.Timestamp => $"make_timestamp(CAST({Invariant(value)} AS BIGINT))",
        PrimitiveKind.Timestamptz => $"make_timestamptz(CAST({Invariant(value)} AS BIGINT))",
        PrimitiveKind.String => SqlText.Quote((string)value),
        PrimitiveKind.Uuid => $"CAST('{new Guid((byte[])value, bigEndian: true)}' AS UUID)",
        _ => $"from_hex('{Convert.ToHexString((byte[])value)}')",
    };

    internal static string DecimalText(BigInteger unscaled, int scale)
    {
        var digits = BigInteger.Abs(unscaled).ToString(CultureInfo.InvariantCulture).PadLeft(scale + 1, '0');
        return (unscaled.Sign < 0 ? "-" : "") + (scale is 0 ? digits : $"{digits[..^scale]}.{digits[^scale..]}");
    }

    private static string Invariant(object value) => Convert.ToString(value, CultureInfo.InvariantCulture)!;

    private static double? Floating(string text) => text.ToUpperInvariant() switch
    {
        "NAN" => double.NaN,
        "INF" or "INFINITY" => double.PositiveInfinity,
        "-INF" or "-INFINITY" => double.NegativeInfinity,
        _ => double.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number : null,
    };

    private static BigInteger? Decimal(string text, int scale)
    {
        var (whole, fraction) = text.Split('.') switch { [var only] => (only, ""), [var left, var right] => (left, right), _ => ("", "") };
        return fraction.Length <= scale && BigInteger.TryParse(whole + fraction.PadRight(scale, '0'), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var unscaled)
            ? unscaled
            : null;
    }

    /// <summary>Microseconds since 1970; null for what has no number, such as infinity.</summary>
    private static long? Moment(string text)
    {
        var match = MomentPattern().Match(text);
        if (!match.Success)
        {
            return null;
        }

        var year = match.Groups["bc"].Success ? 1 - Part("year") : Part("year");
        var days = CivilDate.ToDays(match.Groups["minus"].Success ? -year : year, (int)Part("month"), (int)Part("day"));
        var seconds = (Part("hour") * 3600) + (Part("minute") * 60) + Part("second");
        var fraction = match.Groups["fraction"].Value.PadRight(6, '0');
        var micros = (days * (Int128)MicrosecondsInDay) + (seconds * 1_000_000) + long.Parse(fraction, CultureInfo.InvariantCulture);
        return micros >= long.MinValue && micros <= long.MaxValue ? (long)micros : null;

        long Part(string name) => match.Groups[name] is { Success: true } group ? long.Parse(group.Value, CultureInfo.InvariantCulture) : 0;
    }

    /// <summary>Hexadecimal digits, two a byte, with or without blanks.</summary>
    private static byte[]? Hex(string text)
    {
        var digits = text.Replace(" ", "", StringComparison.Ordinal);
        return digits.Length % 2 is 0 && digits.All(char.IsAsciiHexDigit) ? Convert.FromHexString(digits) : null;
    }

    [GeneratedRegex(
        @"^(?<minus>-)?\+?(?<year>\d{1,6})-(?<month>\d\d)-(?<day>\d\d)([ T](?<hour>\d\d):(?<minute>\d\d)(:(?<second>\d\d)(\.(?<fraction>\d{1,6}))?)?(\+00(:00)?|Z)?)?(?<bc> \(BC\))?(\+00)?$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex MomentPattern();
}

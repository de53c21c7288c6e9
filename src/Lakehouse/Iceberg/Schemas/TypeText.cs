using System.Globalization;
using System.Text.RegularExpressions;

namespace Recoup.Lakehouse.Iceberg.Schemas;

/// <summary>The text form of primitive types, as metadata files and REST requests write it.</summary>
internal static partial class TypeText
{
    private static readonly HashSet<string> LaterVersions = new(StringComparer.Ordinal) { "unknown", "timestamp_ns", "timestamptz_ns", "variant", "geometry", "geography" };

    private static readonly Dictionary<string, PrimitiveKind> Simple = Enum.GetValues<PrimitiveKind>()
        .Where(kind => kind is not (PrimitiveKind.Decimal or PrimitiveKind.Fixed))
        .ToDictionary(Name, StringComparer.Ordinal);

    public static PrimitiveType Parse(string text)
    {
        if (Simple.TryGetValue(text, out var kind))
        {
            return new PrimitiveType(kind);
        }

        if (DecimalPattern().Match(text) is { Success: true } match)
        {
            return Decimal(Number(match.Groups[1].Value), Number(match.Groups[2].Value), text);
        }

        if (FixedPattern().Match(text) is { Success: true } sized)
        {
            return PrimitiveType.Fixed(Number(sized.Groups[1].Value));
        }

        throw LaterVersions.Contains(text.Split('(', '[')[0])
            ? IcebergException.Unsupported($"type '{text}' of format version 3")
            : IcebergException.Invalid($"'{text}' is no type of Iceberg format version 2.");
    }

    public static string Write(PrimitiveType type) => type.Kind switch
    {
        PrimitiveKind.Decimal => string.Create(CultureInfo.InvariantCulture, $"decimal({type.Precision}, {type.Scale})"),
        PrimitiveKind.Fixed => string.Create(CultureInfo.InvariantCulture, $"fixed[{type.Length}]"),
        _ => Name(type.Kind),
    };

    private static PrimitiveType Decimal(int precision, int scale, string text) => precision is >= 1 and <= 38 && scale <= precision
        ? PrimitiveType.Decimal(precision, scale)
        : throw IcebergException.Invalid($"'{text}': a decimal has 1 to 38 digits and a scale of at most its precision.");

    private static string Name(PrimitiveKind kind) => kind.ToString().ToLowerInvariant();

    private static int Number(string text) => int.TryParse(text, CultureInfo.InvariantCulture, out var number)
        ? number
        : throw IcebergException.Invalid($"'{text}' is too large for the size of a type.");

    [GeneratedRegex(@"^decimal\(\s*(\d+)\s*,\s*(\d+)\s*\)$", RegexOptions.CultureInvariant)]
    private static partial Regex DecimalPattern();

    [GeneratedRegex(@"^fixed\[\s*(\d+)\s*\]$", RegexOptions.CultureInvariant)]
    private static partial Regex FixedPattern();
}

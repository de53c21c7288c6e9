using System.Globalization;
using System.Numerics;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Recoup.Lakehouse.Iceberg.Schemas;
using Recoup.Lakehouse.Iceberg.Values;

namespace Recoup.Lakehouse.Iceberg.Partitioning;

/// <summary>Reads transforms from their text, and writes partition values as people read them in the paths of files.</summary>
internal static partial class TransformText
{
    private const long MicrosecondsInSecond = 1_000_000;
    private const long SecondsInDay = 86_400;

    public static Transform Parse(string text)
    {
        var match = Pattern().Match(text);
        if (match.Success && Enum.TryParse<TransformKind>(match.Groups[1].Value, ignoreCase: true, out var kind))
        {
            var sized = kind is TransformKind.Bucket or TransformKind.Truncate;
            var parameter = int.TryParse(match.Groups[2].Value, CultureInfo.InvariantCulture, out var number) ? number : 0;
            if (sized ? parameter > 0 : !match.Groups[2].Success)
            {
                return new Transform(kind, parameter);
            }
        }

        throw IcebergException.Unsupported($"partition transform '{text}'");
    }

    /// <summary>The value in a partition path, such as <c>2026-11-23</c> for a day; not yet escaped.</summary>
    public static string Human(Transform transform, PrimitiveType source, object? value) => value is null ? "null" : transform.Kind switch
    {
        TransformKind.Year => Year(1970L + (int)value),
        TransformKind.Month => Month((int)value),
        TransformKind.Day => Date((int)value),
        TransformKind.Hour => $"{Date(CivilDate.FloorDivide((int)value, 24))}-{Two((int)value - (24 * CivilDate.FloorDivide((int)value, 24)))}",
        TransformKind.Bucket => Invariant(value),
        _ => Human(source, value),
    };

    private static string Human(PrimitiveType type, object value) => type.Kind switch
    {
        PrimitiveKind.Boolean => (bool)value ? "true" : "false",
        PrimitiveKind.Decimal => JavaNumber.Text((BigInteger)value, type.Scale),
        PrimitiveKind.Float => JavaNumber.Text((float)value),
        PrimitiveKind.Double => JavaNumber.Text((double)value),
        PrimitiveKind.Date => Date((int)value),
        PrimitiveKind.Time => TimeOfDay((long)value),
        PrimitiveKind.Timestamp => Moment((long)value),
        PrimitiveKind.Timestamptz => Moment((long)value) + "+00:00",
        PrimitiveKind.Uuid => new Guid((byte[])value, bigEndian: true).ToString(),
        PrimitiveKind.Fixed or PrimitiveKind.Binary => Convert.ToBase64String((byte[])value),
        _ => Invariant(value),
    };

    private static string Moment(long micros)
    {
        var days = CivilDate.FloorDivide(micros, MicrosecondsInSecond * SecondsInDay);
        return $"{Date(days)}T{TimeOfDay(micros - (days * MicrosecondsInSecond * SecondsInDay))}";
    }

    private static string TimeOfDay(long micros)
    {
        var seconds = micros / MicrosecondsInSecond;
        var fraction = (micros % MicrosecondsInSecond).ToString("000000", CultureInfo.InvariantCulture).TrimEnd('0');
        return $"{Two(seconds / 3600)}:{Two(seconds / 60 % 60)}:{Two(seconds % 60)}{(fraction.Length is 0 ? "" : "." + fraction)}";
    }

    private static string Date(long days)
    {
        var (year, month, day) = CivilDate.FromDays(days);
        return $"{Year(year)}-{Two(month)}-{Two(day)}";
    }

    private static string Month(int months)
    {
        var years = CivilDate.FloorDivide(months, 12);
        return $"{Year(1970 + years)}-{Two(months - (years * 12) + 1)}";
    }

    private static string Year(long year) => year.ToString("0000", CultureInfo.InvariantCulture);

    private static string Two(long number) => number.ToString("00", CultureInfo.InvariantCulture);

    private static string Invariant(object value) => Convert.ToString(value, CultureInfo.InvariantCulture)!;

    [GeneratedRegex(@"^([a-z]+)(?:\[(\d+)\])?$", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}

internal sealed class TransformJsonConverter : JsonConverter<Transform>
{
    public override Transform Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => TransformText.Parse(reader.GetString()!);

    public override void Write(Utf8JsonWriter writer, Transform value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}

using System.Text;
using Recoup.Lakehouse.Iceberg.Schemas;

namespace Recoup.Lakehouse.Iceberg.Partitioning;

/// <summary>The folder of a partition below <c>data/</c>: <c>created_at_day=2026-11-23</c>, names and values percent-encoded.</summary>
internal static class PartitionPath
{
    private const int LongestPart = 100;

    public static string Of(PartitionSpec spec, Func<int, PrimitiveType> sourceType, IReadOnlyList<object?> values) =>
        string.Join('/', spec.Fields.Select((field, index) =>
            $"{Short(Encode(field.Name))}={Short(Encode(TransformText.Human(field.Transform, sourceType(field.SourceId), values[index])))}"));

    /// <summary>File systems take names of 255 bytes. Folders are for people: two long values may share one, since manifests tell the values.</summary>
    private static string Short(string encoded) => encoded.Length <= LongestPart ? encoded : encoded[..LongestPart];

    /// <summary>As application/x-www-form-urlencoded, which the reference implementation uses.</summary>
    private static string Encode(string text)
    {
        var encoded = new StringBuilder();
        foreach (var octet in Encoding.UTF8.GetBytes(text))
        {
            var character = (char)octet;
            _ = char.IsAsciiLetterOrDigit(character) || character is '.' or '-' or '*' or '_'
                ? encoded.Append(character)
                : character is ' ' ? encoded.Append('+') : encoded.Append('%').Append(octet.ToString("X2", System.Globalization.CultureInfo.InvariantCulture));
        }

        return encoded.ToString();
    }
}

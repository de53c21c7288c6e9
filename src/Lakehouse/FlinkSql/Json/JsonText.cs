using System.Buffers;
using System.Globalization;
using System.Numerics;
using System.Text;
using Recoup.Lakehouse.FlinkSql.Native;

namespace Recoup.Lakehouse.FlinkSql.Json;

/// <summary>JSON values as the texts that Flink makes of them: names of objects sorted, numbers as Java's BigDecimal prints them.</summary>
internal static class JsonText
{
    [ThreadStatic]
    private static ArrayBufferWriter<byte>? buffer;

    /// <summary>A text without its escapes; half a surrogate pair stays as it is and becomes <c>?</c> when it is written.</summary>
    public static string Unescape(ReadOnlySpan<byte> json, JsonNode node)
    {
        var raw = Encoding.UTF8.GetString(json.Slice(node.Start, node.Length));
        if (!node.IsEscaped)
        {
            return raw;
        }

        var text = new StringBuilder(raw.Length);
        for (var index = 0; index < raw.Length; index++)
        {
            if (raw[index] != '\\')
            {
                text.Append(raw[index]);
                continue;
            }

            index++;
            text.Append(raw[index] switch
            {
                'b' => '\b',
                'f' => '\f',
                'n' => '\n',
                'r' => '\r',
                't' => '\t',
                'u' => (char)int.Parse(raw.AsSpan(index + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture),
                var other => other,
            });
            index += raw[index] == 'u' ? 4 : 0;
        }

        return text.ToString();
    }

    /// <summary>Adds a value as an element of an array of texts: a text as it is, an object or array as JSON, null as NULL.</summary>
    public static void AddScalar(ReadOnlySpan<byte> json, JsonTree tree, int index, TextListBuilder target)
    {
        var node = tree[index];
        switch (node.Kind)
        {
            case JsonKind.Null:
                target.AddNull();
                break;
            case JsonKind.Text when !node.IsEscaped:
            case JsonKind.True or JsonKind.False:
            case JsonKind.Number when PlainJsonWriter.IsPlainNumber(json.Slice(node.Start, node.Length)):
                target.Add(json.Slice(node.Start, node.Length));
                break;
            case JsonKind.Object or JsonKind.Array when TryWritePlain(json, tree, index, out var plain):
                target.Add(plain);
                break;
            default:
                target.Add(Scalar(json, tree, index).AsSpan());
                break;
        }
    }

    /// <summary>The value's JSON in a buffer that the next call uses again.</summary>
    public static bool TryWritePlain(ReadOnlySpan<byte> json, JsonTree tree, int index, out ReadOnlySpan<byte> plain)
    {
        var writer = buffer ??= new ArrayBufferWriter<byte>(1024);
        writer.ResetWrittenCount();
        var isPlain = PlainJsonWriter.TryWrite(json, tree, index, writer);
        plain = writer.WrittenSpan;
        return isPlain;
    }

    /// <summary>A value as text: as <see cref="AddScalar"/> does.</summary>
    public static string Scalar(ReadOnlySpan<byte> json, JsonTree tree, int index)
    {
        var node = tree[index];
        if (node.Kind == JsonKind.Text)
        {
            return Unescape(json, node);
        }

        var text = new StringBuilder();
        Write(json, tree, index, text);
        return text.ToString();
    }

    /// <summary>Writes a value as JSON, without blanks.</summary>
    public static void Write(ReadOnlySpan<byte> json, JsonTree tree, int index, StringBuilder target)
    {
        var node = tree[index];
        switch (node.Kind)
        {
            case JsonKind.Object:
                WriteObject(json, tree, index, target);
                break;
            case JsonKind.Array:
                target.Append('[');
                for (var element = index + 1; element < node.Next; element = tree[element].Next)
                {
                    target.Append(element == index + 1 ? string.Empty : ",");
                    Write(json, tree, element, target);
                }

                target.Append(']');
                break;
            case JsonKind.Text:
                WriteQuoted(Unescape(json, node), target);
                break;
            case JsonKind.Number:
                target.Append(Number(Encoding.ASCII.GetString(json.Slice(node.Start, node.Length))));
                break;
            default:
                target.Append(node.Kind switch { JsonKind.True => "true", JsonKind.False => "false", _ => "null" });
                break;
        }
    }

    public static void WriteQuoted(string text, StringBuilder target)
    {
        target.Append('"');
        foreach (var letter in text)
        {
            target.Append(letter switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\b' => "\\b",
                '\f' => "\\f",
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                < ' ' => string.Create(CultureInfo.InvariantCulture, $"\\u{(int)letter:X4}"),
                _ => letter.ToString(),
            });
        }

        target.Append('"');
    }

    /// <summary>Whether Java's BigDecimal holds the exponent.</summary>
    public static bool IsNumberInRange(ReadOnlySpan<byte> number)
    {
        var mark = number.IndexOfAny((byte)'e', (byte)'E');
        if (mark < 0)
        {
            return true;
        }

        var digits = number[(mark + 1)..];
        return long.TryParse(Encoding.ASCII.GetString(digits), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var exponent)
            && exponent is > -int.MaxValue and < int.MaxValue;
    }

    private static string Number(string digits)
    {
        if (digits.IndexOfAny(['.', 'e', 'E']) < 0)
        {
            return digits == "-0" ? "0" : digits;
        }

        var mark = digits.IndexOfAny(['e', 'E']);
        var mantissa = mark < 0 ? digits : digits[..mark];
        var point = mantissa.IndexOf('.', StringComparison.Ordinal);
        var fraction = point < 0 ? 0 : mantissa.Length - point - 1;
        var exponent = mark < 0 ? 0 : long.Parse(digits[(mark + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        return BigDecimalText(BigInteger.Parse(mantissa.Replace(".", string.Empty, StringComparison.Ordinal), CultureInfo.InvariantCulture), fraction - exponent);
    }

    /// <summary>Java's BigDecimal.toString: digits with a point down to 1E-6, else with an exponent.</summary>
    private static string BigDecimalText(BigInteger unscaled, long scale)
    {
        var digits = BigInteger.Abs(unscaled).ToString(CultureInfo.InvariantCulture);
        var sign = unscaled.Sign < 0 ? "-" : string.Empty;
        var adjusted = digits.Length - 1 - scale;
        if (scale >= 0 && adjusted >= -6)
        {
            var padded = digits.PadLeft((int)scale + 1, '0');
            return scale == 0 ? sign + padded : $"{sign}{padded[..^(int)scale]}.{padded[^(int)scale..]}";
        }

        var tail = digits.Length > 1 ? $".{digits[1..]}" : string.Empty;
        return string.Create(CultureInfo.InvariantCulture, $"{sign}{digits[0]}{tail}E{(adjusted >= 0 ? "+" : string.Empty)}{adjusted}");
    }

    private static void WriteObject(ReadOnlySpan<byte> json, JsonTree tree, int index, StringBuilder target)
    {
        var members = new SortedDictionary<string, int>(StringComparer.Ordinal);
        for (var name = index + 1; name < tree[index].Next; name = tree[name + 1].Next)
        {
            members[Unescape(json, tree[name])] = name + 1;
        }

        target.Append('{');
        var isFirst = true;
        foreach (var (name, value) in members)
        {
            target.Append(isFirst ? string.Empty : ",");
            isFirst = false;
            WriteQuoted(name, target);
            target.Append(':');
            Write(json, tree, value, target);
        }

        target.Append('}');
    }
}

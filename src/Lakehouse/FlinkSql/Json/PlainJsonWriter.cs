using System.Buffers;
using System.Text;

namespace Recoup.Lakehouse.FlinkSql.Json;

/// <summary>
/// Writes JSON values as <see cref="JsonText"/> does, in UTF-8 and without decoding, as long as they hold nothing special: no
/// escapes, no names beyond ASCII, no number that is printed otherwise than it is written.
/// </summary>
internal static class PlainJsonWriter
{
    private const int MostMembers = 64;
    private const int LongestPlainFraction = 6;

    /// <returns>Whether the value was plain; otherwise what was written is to be thrown away.</returns>
    public static bool TryWrite(ReadOnlySpan<byte> json, JsonTree tree, int index, IBufferWriter<byte> target)
    {
        var node = tree[index];
        switch (node.Kind)
        {
            case JsonKind.Object:
                return TryWriteObject(json, tree, index, target);
            case JsonKind.Array:
                return TryWriteArray(json, tree, index, target);
            case JsonKind.Text:
                return TryWriteText(json, node, target);
            case JsonKind.Number when !IsPlainNumber(json.Slice(node.Start, node.Length)):
                return false;
            default:
                target.Write(json.Slice(node.Start, node.Length));
                return true;
        }
    }

    /// <summary>Whether BigDecimal prints the number as it stands: no exponent, no sign, at most six digits of a fraction.</summary>
    public static bool IsPlainNumber(ReadOnlySpan<byte> number)
    {
        if (number[0] == '-' || number.IndexOfAny((byte)'e', (byte)'E') >= 0)
        {
            return number[0] == '-' && number.Length > 1 && number[1] != '0' && number.IndexOfAny((byte)'.', (byte)'e', (byte)'E') < 0;
        }

        var point = number.IndexOf((byte)'.');
        return point < 0 || number.Length - point - 1 <= LongestPlainFraction;
    }

    private static bool TryWriteText(ReadOnlySpan<byte> json, JsonNode node, IBufferWriter<byte> target)
    {
        if (node.IsEscaped)
        {
            return false;
        }

        target.Write("\""u8);
        target.Write(json.Slice(node.Start, node.Length));
        target.Write("\""u8);
        return true;
    }

    private static bool TryWriteArray(ReadOnlySpan<byte> json, JsonTree tree, int index, IBufferWriter<byte> target)
    {
        target.Write("["u8);
        for (var element = index + 1; element < tree[index].Next; element = tree[element].Next)
        {
            if (element > index + 1)
            {
                target.Write(","u8);
            }

            if (!TryWrite(json, tree, element, target))
            {
                return false;
            }
        }

        target.Write("]"u8);
        return true;
    }

    private static bool TryWriteObject(ReadOnlySpan<byte> json, JsonTree tree, int index, IBufferWriter<byte> target)
    {
        Span<int> names = stackalloc int[MostMembers];
        var count = 0;
        for (var name = index + 1; name < tree[index].Next; name = tree[name + 1].Next)
        {
            if (count == MostMembers || !TryInsert(json, tree, name, names, count++))
            {
                return false;
            }
        }

        target.Write("{"u8);
        for (var place = 0; place < count; place++)
        {
            if (place > 0)
            {
                target.Write(","u8);
            }

            TryWriteText(json, tree[names[place]], target);
            target.Write(":"u8);
            if (!TryWrite(json, tree, names[place] + 1, target))
            {
                return false;
            }
        }

        target.Write("}"u8);
        return true;
    }

    /// <summary>Puts a name at its place among the sorted ones; false when it is special or stands there already.</summary>
    private static bool TryInsert(ReadOnlySpan<byte> json, JsonTree tree, int name, Span<int> sorted, int count)
    {
        var text = json.Slice(tree[name].Start, tree[name].Length);
        if (tree[name].IsEscaped || !Ascii.IsValid(text))
        {
            return false;
        }

        var place = count;
        while (place > 0)
        {
            var order = json.Slice(tree[sorted[place - 1]].Start, tree[sorted[place - 1]].Length).SequenceCompareTo(text);
            if (order == 0)
            {
                return false;
            }

            if (order < 0)
            {
                break;
            }

            sorted[place] = sorted[place - 1];
            place--;
        }

        sorted[place] = name;
        return true;
    }
}

namespace Recoup.Lakehouse.FlinkSql.Json;

internal enum JsonKind : byte
{
    Object,
    Array,
    Text,
    Number,
    True,
    False,
    Null,
}

/// <param name="Start">Where its text begins: of a text behind the quote.</param>
/// <param name="Next">The node behind it and all that it holds.</param>
internal readonly record struct JsonNode(JsonKind Kind, bool IsEscaped, int Start, int Length, int Next);

/// <summary>
/// The first JSON value of a text as a list of nodes in the order of the text; of an object name and value in turn. What
/// Jackson, Flink's parser, refuses is refused: it reads no comment, no NaN, no leading zero, no comma at the end, at most
/// 1,000 levels. What follows the first value is not looked at. Used again for each text.
/// </summary>
internal sealed class JsonTree
{
    private const int DeepestLevel = 1000;
    private const int LongestNumber = 1000;
    private const int LongestName = 50_000;
    private const int LongestText = 20_000_000;

    private JsonNode[] nodes = new JsonNode[128];

    public int Count { get; private set; }

    public JsonNode this[int index] => nodes[index];

    public bool TryParse(ReadOnlySpan<byte> text)
    {
        Count = 0;
        var index = SkipBlanks(text, 0);
        if (index >= text.Length || !TryReadValue(text, ref index, 0))
        {
            return false;
        }

        // At the top a number or a word must end before something else begins.
        var kind = nodes[0].Kind;
        return kind is JsonKind.Object or JsonKind.Array or JsonKind.Text || index >= text.Length
            || (kind == JsonKind.Number ? IsBlank(text[index]) : !IsNamePart(text, index));
    }

    /// <summary>Whether two names are the same once their escapes are resolved.</summary>
    public static bool SameName(ReadOnlySpan<byte> text, JsonNode left, JsonNode right) => !left.IsEscaped && !right.IsEscaped
        ? text.Slice(left.Start, left.Length).SequenceEqual(text.Slice(right.Start, right.Length))
        : JsonText.Unescape(text, left) == JsonText.Unescape(text, right);

    private bool TryReadValue(ReadOnlySpan<byte> text, ref int index, int level)
    {
        if (index >= text.Length || level > DeepestLevel)
        {
            return false;
        }

        return text[index] switch
        {
            (byte)'{' => level < DeepestLevel && TryReadObject(text, ref index, level),
            (byte)'[' => level < DeepestLevel && TryReadArray(text, ref index, level),
            (byte)'"' => TryReadText(text, ref index, LongestText),
            (byte)'t' => TryReadWord(text, ref index, "true"u8, JsonKind.True),
            (byte)'f' => TryReadWord(text, ref index, "false"u8, JsonKind.False),
            (byte)'n' => TryReadWord(text, ref index, "null"u8, JsonKind.Null),
            (byte)'-' or (>= (byte)'0' and <= (byte)'9') => TryReadNumber(text, ref index),
            _ => false,
        };
    }

    private bool TryReadObject(ReadOnlySpan<byte> text, ref int index, int level)
    {
        var own = Open();
        var start = index++;
        index = SkipBlanks(text, index);
        if (index < text.Length && text[index] == '}')
        {
            index++;
            return Close(own, JsonKind.Object, start, index);
        }

        while (true)
        {
            if (index >= text.Length || text[index] != '"' || !TryReadText(text, ref index, LongestName))
            {
                return false;
            }

            index = SkipBlanks(text, index);
            if (index >= text.Length || text[index] != ':')
            {
                return false;
            }

            index = SkipBlanks(text, index + 1);
            if (!TryReadValue(text, ref index, level + 1))
            {
                return false;
            }

            index = SkipBlanks(text, index);
            if (index >= text.Length || text[index] is not ((byte)',' or (byte)'}'))
            {
                return false;
            }

            if (text[index++] == '}')
            {
                return Close(own, JsonKind.Object, start, index);
            }

            index = SkipBlanks(text, index);
        }
    }

    private bool TryReadArray(ReadOnlySpan<byte> text, ref int index, int level)
    {
        var own = Open();
        var start = index++;
        index = SkipBlanks(text, index);
        if (index < text.Length && text[index] == ']')
        {
            index++;
            return Close(own, JsonKind.Array, start, index);
        }

        while (true)
        {
            if (!TryReadValue(text, ref index, level + 1))
            {
                return false;
            }

            index = SkipBlanks(text, index);
            if (index >= text.Length || text[index] is not ((byte)',' or (byte)']'))
            {
                return false;
            }

            if (text[index++] == ']')
            {
                return Close(own, JsonKind.Array, start, index);
            }

            index = SkipBlanks(text, index);
        }
    }

    private bool TryReadText(ReadOnlySpan<byte> text, ref int index, int longest)
    {
        var start = ++index;
        var isEscaped = false;
        while (true)
        {
            var step = text[index..].IndexOfAny(Ends);
            if (step < 0)
            {
                return false;
            }

            index += step;
            if (text[index] == '"')
            {
                break;
            }

            if (text[index] != '\\' || !TrySkipEscape(text, ref index))
            {
                return false;
            }

            isEscaped = true;
        }

        Add(new JsonNode(JsonKind.Text, isEscaped, start, index - start, Count + 1));
        return index++ - start <= longest;
    }

    private static readonly System.Buffers.SearchValues<byte> Ends = System.Buffers.SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Select(code => (byte)code), (byte)'"', (byte)'\\']);

    private static bool TrySkipEscape(ReadOnlySpan<byte> text, ref int index)
    {
        if (index + 1 >= text.Length)
        {
            return false;
        }

        var escaped = text[index + 1];
        index += 2;
        if (escaped != 'u')
        {
            return "\"\\/bfnrt"u8.Contains(escaped);
        }

        for (var digit = 0; digit < 4; digit++, index++)
        {
            if (index >= text.Length || !char.IsAsciiHexDigit((char)text[index]))
            {
                return false;
            }
        }

        return true;
    }

    private bool TryReadWord(ReadOnlySpan<byte> text, ref int index, ReadOnlySpan<byte> word, JsonKind kind)
    {
        if (!text[index..].StartsWith(word) || IsNamePart(text, index + word.Length))
        {
            return false;
        }

        Add(new JsonNode(kind, false, index, word.Length, Count + 1));
        index += word.Length;
        return true;
    }

    private bool TryReadNumber(ReadOnlySpan<byte> text, ref int index)
    {
        var start = index;
        index += text[index] == '-' ? 1 : 0;
        var whole = SkipDigits(text, ref index);
        if (whole == 0 || (whole > 1 && text[index - whole] == '0'))
        {
            return false;
        }

        if (index < text.Length && text[index] == '.')
        {
            index++;
            if (SkipDigits(text, ref index) == 0)
            {
                return false;
            }
        }

        if (index < text.Length && text[index] is (byte)'e' or (byte)'E')
        {
            index++;
            index += index < text.Length && text[index] is (byte)'+' or (byte)'-' ? 1 : 0;
            if (SkipDigits(text, ref index) == 0)
            {
                return false;
            }
        }

        Add(new JsonNode(JsonKind.Number, false, start, index - start, Count + 1));
        return index - start <= LongestNumber && JsonText.IsNumberInRange(text[start..index]);
    }

    private static int SkipDigits(ReadOnlySpan<byte> text, ref int index)
    {
        var start = index;
        while (index < text.Length && text[index] is >= (byte)'0' and <= (byte)'9')
        {
            index++;
        }

        return index - start;
    }

    private static int SkipBlanks(ReadOnlySpan<byte> text, int index)
    {
        while (index < text.Length && IsBlank(text[index]))
        {
            index++;
        }

        return index;
    }

    private static bool IsBlank(byte character) => character is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t';

    /// <summary>Whether a letter, digit or underscore stands here: then the word before it is another one.</summary>
    private static bool IsNamePart(ReadOnlySpan<byte> text, int index) =>
        index < text.Length && (text[index] >= 0x80 || char.IsAsciiLetterOrDigit((char)text[index]) || text[index] is (byte)'_' or (byte)'$');

    private int Open()
    {
        Add(default);
        return Count - 1;
    }

    private bool Close(int own, JsonKind kind, int start, int end)
    {
        nodes[own] = new JsonNode(kind, false, start, end - start, Count);
        return true;
    }

    private void Add(JsonNode node)
    {
        if (Count == nodes.Length)
        {
            Array.Resize(ref nodes, Count * 2);
        }

        nodes[Count++] = node;
    }
}

using System.Globalization;

namespace Recoup.Lakehouse.Dbt.Jinja.Formatting;

/// <summary>Python's format specification: <c>[[fill]align][sign][#][0][width][grouping][.precision][type]</c>.</summary>
internal sealed record FormatSpec(string Fill, char Align, char Sign, bool IsAlternate, int Width, char Grouping, int? Precision, char Type)
{
    /// <summary>Null where the text is no specification.</summary>
    public static FormatSpec? Parse(string text)
    {
        var position = 0;
        var fill = " ";
        var align = '\0';
        if (text.Length > 1 && IsAlign(text[1]))
        {
            (fill, align, position) = (text[..1], text[1], 2);
        }
        else if (text.Length > 0 && IsAlign(text[0]))
        {
            (align, position) = (text[0], 1);
        }

        var sign = Take("+- ");
        var isAlternate = Take("#") != '\0';
        var isZeroed = Take("0") != '\0';
        (fill, align) = isZeroed && align == '\0' ? ("0", '=') : (isZeroed && position > 0 && fill == " " ? "0" : fill, align);
        var width = Number() ?? 0;
        var grouping = Take(",_");
        int? precision = Take(".") == '\0' ? null : Number() ?? -1;
        var type = position < text.Length ? text[position++] : '\0';
        return position == text.Length && precision != -1 ? new(fill, align, sign, isAlternate, width, grouping, precision, type) : null;

        char Take(string allowed) => position < text.Length && allowed.Contains(text[position]) ? text[position++] : '\0';

        int? Number()
        {
            var start = position;
            while (position < text.Length && char.IsAsciiDigit(text[position]))
            {
                position++;
            }

            return position - start is > 0 and < 7 ? int.Parse(text[start..position], CultureInfo.InvariantCulture) : null;
        }
    }

    /// <summary>Fills up to the width.</summary>
    /// <param name="usual">The alignment where none is asked for.</param>
    /// <param name="prefix">How many characters at the start stay before the fill of <c>=</c>.</param>
    public string Pad(string text, char usual, int prefix = 0)
    {
        var missing = Math.Max(0, Width - Values.PyText.Length(text));
        return (Align == '\0' ? usual : Align) switch
        {
            '<' => text + Repeat(missing),
            '^' => Repeat(missing / 2) + text + Repeat(missing - (missing / 2)),
            '=' => text[..prefix] + Repeat(missing) + text[prefix..],
            _ => Repeat(missing) + text,
        };
    }

    private string Repeat(int count) => Values.PyText.Repeat(Fill, count);

    private static bool IsAlign(char character) => character is '<' or '>' or '=' or '^';
}

using System.Globalization;
using System.Text;

namespace Recoup.Lakehouse.Dbt.Jinja.Syntax;

/// <summary>Python's escapes in a string literal; an escape that Python does not know stays as it is.</summary>
internal static class TextEscapes
{
    public static string Read(string literal, int line)
    {
        if (!literal.Contains('\\'))
        {
            return literal;
        }

        var text = new StringBuilder(literal.Length);
        for (var position = 0; position < literal.Length;)
        {
            position += literal[position] == '\\' ? Escape(literal, position + 1, text, line) : Copy(literal[position], text);
        }

        return text.ToString();
    }

    private static int Copy(char character, StringBuilder text)
    {
        text.Append(character);
        return 1;
    }

    /// <summary>How many characters the escape has, its backslash included.</summary>
    private static int Escape(string literal, int position, StringBuilder text, int line)
    {
        var letter = literal[position];
        if (Simple(letter) is { } simple)
        {
            text.Append(simple);
            return 2;
        }

        return letter switch
        {
            'x' => Code(literal, position, 2, text, line),
            'u' => Code(literal, position, 4, text, line),
            'U' => Code(literal, position, 8, text, line),
            'N' => throw JinjaException.Unsupported(@"a character by its name (\N{...})"),
            >= '0' and <= '7' => Octal(literal, position, text),
            _ => Unknown(literal, position, text),
        };
    }

    private static string? Simple(char letter) => letter switch
    {
        '\n' => "",
        '\\' or '\'' or '"' => letter.ToString(),
        'a' => "\a",
        'b' => "\b",
        'f' => "\f",
        'n' => "\n",
        'r' => "\r",
        't' => "\t",
        'v' => "\v",
        _ => null,
    };

    private static int Code(string literal, int position, int digits, StringBuilder text, int line)
    {
        var end = Math.Min(literal.Length, position + 1 + digits);
        if (!int.TryParse(literal.AsSpan((position + 1)..end), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code)
            || end - position - 1 < digits)
        {
            throw new JinjaException(JinjaErrorKind.Syntax, $@"truncated \{literal[position]}{new string('X', digits)} escape", line);
        }

        text.Append(code switch
        {
            < 0 or > 0x10ffff => throw new JinjaException(JinjaErrorKind.Syntax, "illegal Unicode character", line),
            <= 0xffff => ((char)code).ToString(),
            _ => char.ConvertFromUtf32(code),
        });
        return digits + 2;
    }

    private static int Octal(string literal, int position, StringBuilder text)
    {
        var digits = literal.Skip(position).Take(3).TakeWhile(digit => digit is >= '0' and <= '7').Count();
        text.Append((char)Convert.ToInt32(literal.Substring(position, digits), 8));
        return digits + 1;
    }

    /// <summary>Jinja writes other than ASCII as an escape first, so that a backslash before it loses its meaning.</summary>
    private static int Unknown(string literal, int position, StringBuilder text)
    {
        var rune = Rune.GetRuneAt(literal, position);
        text.Append('\\').Append(rune.Value switch
        {
            < 0x80 => rune.ToString(),
            <= 0xff => $"x{rune.Value:x2}",
            <= 0xffff => $"u{rune.Value:x4}",
            _ => $"U{rune.Value:x8}",
        });
        return 1 + rune.Utf16SequenceLength;
    }
}

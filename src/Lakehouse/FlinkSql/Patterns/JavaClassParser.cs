using System.Collections.Concurrent;
using System.Globalization;
using Recoup.Lakehouse.FlinkSql.Syntax;

namespace Recoup.Lakehouse.FlinkSql.Patterns;

/// <summary>Reads Java's classes and escapes as sets of code points.</summary>
internal sealed class JavaClassParser(string pattern, SourcePosition at, bool ignoresCase)
{
    private static readonly CodePointSet Digits = CodePointSet.Of(('0', '9'));
    private static readonly CodePointSet Words = CodePointSet.Of(('0', '9'), ('A', 'Z'), ('a', 'z'), ('_', '_'));
    private static readonly CodePointSet Blanks = CodePointSet.Of(('\t', '\r'), (' ', ' '));

    private static readonly ConcurrentDictionary<string, CodePointSet> Properties = new(StringComparer.Ordinal);

    /// <summary>Reads [...] from its bracket.</summary>
    /// <exception cref="FormatException">Java refuses it.</exception>
    public CodePointSet Read(ref int index)
    {
        index++;
        var isNegated = Peek(index) == '^';
        index += isNegated ? 1 : 0;
        var set = CodePointSet.Of();
        var isFirst = true;
        while (index < pattern.Length && (pattern[index] != ']' || isFirst))
        {
            if (pattern[index] is '[' or ']' || (pattern[index] == '&' && Peek(index + 1) == '&'))
            {
                throw pattern.IndexOf(']', index + 1) < 0 ? new FormatException() : Refuse("a class within a class, && or a leading ]");
            }

            isFirst = false;
            set = set.Union(ReadItem(ref index));
        }

        if (index >= pattern.Length)
        {
            throw new FormatException();
        }

        index++;
        set = ignoresCase ? set.FoldAscii() : set;
        return isNegated ? set.Complement() : set;
    }

    /// <summary>Reads an escape that stands for one character or a class.</summary>
    public CodePointSet ReadEscape(ref int index)
    {
        var set = ReadEscaped(ref index, out _);
        return ignoresCase ? set.FoldAscii() : set;
    }

    private CodePointSet ReadItem(ref int index)
    {
        var set = ReadOne(ref index, out var first);
        if (first is null || Peek(index) != '-' || Peek(index + 1) is ']' or '\0')
        {
            return set;
        }

        if (Peek(index + 1) == '[')
        {
            throw Refuse("a class within a class");
        }

        index++;
        ReadOne(ref index, out var last);
        return last is null || last < first ? throw new FormatException() : CodePointSet.Of((first.Value, last.Value));
    }

    private CodePointSet ReadOne(ref int index, out int? code)
    {
        if (pattern[index] == '\\')
        {
            return ReadEscaped(ref index, out code);
        }

        code = char.ConvertToUtf32(pattern, index);
        index += code > 0xFFFF ? 2 : 1;
        return CodePointSet.Of((code.Value, code.Value));
    }

    private CodePointSet ReadEscaped(ref int index, out int? code)
    {
        var letter = Peek(index + 1);
        index += 2;
        code = letter switch
        {
            't' => '\t',
            'n' => '\n',
            'r' => '\r',
            'f' => '\f',
            'a' => '\a',
            'e' => 0x1B,
            'x' => ReadHexadecimal(ref index),
            'u' => ReadHexadecimal(ref index, 4),
            '\0' when index > pattern.Length => throw new FormatException(),
            _ when letter < 0x80 && !char.IsAsciiLetterOrDigit(letter) => letter,
            _ => null,
        };
        if (code is not null)
        {
            return CodePointSet.Of((code.Value, code.Value));
        }

        return letter switch
        {
            'd' => Digits,
            'D' => Digits.Complement(),
            'w' => Words,
            'W' => Words.Complement(),
            's' => Blanks,
            'S' => Blanks.Complement(),
            'p' => ReadProperty(ref index),
            'P' => ReadProperty(ref index).Complement(),
            _ => throw Refuse($"the escape \\{letter}"),
        };
    }

    private int ReadHexadecimal(ref int index, int length = 2)
    {
        var digits = string.Empty;
        if (length == 2 && Peek(index) == '{')
        {
            var end = pattern.IndexOf('}', index);
            digits = end < 0 ? throw new FormatException() : pattern[(index + 1)..end];
            index = end + 1;
        }
        else if (index + length <= pattern.Length)
        {
            digits = pattern.Substring(index, length);
            index += length;
        }

        return int.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code) && code is >= 0 and <= 0x10FFFF and not (>= 0xD800 and <= 0xDFFF)
            ? code
            : throw new FormatException();
    }

    private CodePointSet ReadProperty(ref int index)
    {
        var end = Peek(index) == '{' ? pattern.IndexOf('}', index) : index;
        var name = end < 0 ? throw new FormatException() : Peek(index) == '{' ? pattern[(index + 1)..end] : Peek(index).ToString();
        index = end + 1;
        if (ignoresCase && name is "Lu" or "Ll" or "Lt" && ignoresCase)
        {
            throw Refuse($"\\p{{{name}}} with (?i)");
        }

        return name switch
        {
            "Alpha" => CodePointSet.Of(('A', 'Z'), ('a', 'z')),
            "Digit" => Digits,
            "Alnum" => CodePointSet.Of(('0', '9'), ('A', 'Z'), ('a', 'z')),
            "Space" => Blanks,
            "ASCII" => CodePointSet.Of((0, 0x7F)),
            _ => Properties.GetOrAdd(name, known => CodePointSet.OfCategories(Category(known))),
        };
    }

    private Func<UnicodeCategory, bool> Category(string name)
    {
        string[] names =
        [
            "Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Mc", "Me", "Nd", "Nl", "No", "Zs", "Zl", "Zp", "Cc", "Cf", "Cs", "Co",
            "Pc", "Pd", "Ps", "Pe", "Pi", "Pf", "Po", "Sm", "Sc", "Sk", "So", "Cn",
        ];
        return names.Any(known => known.StartsWith(name, StringComparison.Ordinal)) && name.Length is 1 or 2
            ? category => names[(int)category].StartsWith(name, StringComparison.Ordinal)
            : throw Refuse($"\\p{{{name}}}");
    }

    private char Peek(int index) => index < pattern.Length ? pattern[index] : '\0';

    private FlinkSqlException Refuse(string what) => new(at, $"the pattern '{pattern}' has {what}, which is not in the shared subset", "Write it with plain classes and groups");
}

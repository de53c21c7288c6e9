using System.Text;
using Recoup.Lakehouse.FlinkSql.Syntax;

namespace Recoup.Lakehouse.FlinkSql.Patterns;

/// <summary>
/// A pattern of Java's regular expressions, rewritten for .NET so that it finds the same: classes are ASCII, the dot and $ know
/// five line ends, letters beyond U+FFFF count once. What is not understood is refused; what Java refuses is no pattern.
/// </summary>
internal sealed class JavaPattern
{
    private static readonly CodePointSet LineEnds = CodePointSet.Of(('\n', '\n'), ('\r', '\r'), (0x85, 0x85), (0x2028, 0x2029));

    private readonly string pattern;
    private readonly SourcePosition at;
    private readonly StringBuilder exact = new();
    private readonly StringBuilder ascii = new();
    private readonly HashSet<int> backreferences = [];
    private int index;
    private int groups;
    private bool ignoresCase;
    private bool dotIsAll;

    private JavaPattern(string pattern, SourcePosition at)
    {
        this.pattern = pattern;
        this.at = at;
    }

    /// <summary>For any text.</summary>
    public string Exact => exact.ToString();

    /// <summary>For texts of ASCII without line ends.</summary>
    public string Ascii => ascii.ToString();

    public int Groups => groups;

    public bool HasBackreference => backreferences.Count > 0;

    /// <summary>Null when Java refuses the pattern, so that Flink finds nothing.</summary>
    public static JavaPattern? Parse(string pattern, SourcePosition at)
    {
        var parsed = new JavaPattern(pattern, at);
        try
        {
            parsed.ReadAlternatives();
            return parsed.index == pattern.Length && parsed.backreferences.All(number => number <= parsed.groups) ? parsed : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private char Current => index < pattern.Length ? pattern[index] : '\0';

    private bool IsAtEnd => index >= pattern.Length;

    private void ReadAlternatives()
    {
        var (outerCase, outerDot) = (ignoresCase, dotIsAll);
        while (!IsAtEnd && Current != ')')
        {
            if (Current == '|')
            {
                index++;
                Emit("|");
            }
            else
            {
                ReadItem();
            }
        }

        (ignoresCase, dotIsAll) = (outerCase, outerDot);
    }

    private void ReadItem()
    {
        var exactStart = exact.Length;
        var asciiStart = ascii.Length;
        var isQuantifiable = ReadAtom();
        if (!IsAtEnd && Current is '*' or '+' or '?' or '{' && !IsAtEnd)
        {
            if (!isQuantifiable)
            {
                throw Refuse("a quantifier behind an anchor, a look-around or a flag");
            }

            ReadQuantifier(exactStart, asciiStart);
        }
    }

    private bool ReadAtom()
    {
        var letter = Current;
        switch (letter)
        {
            case '(':
                return ReadGroup();
            case '[':
                EmitSet(new JavaClassParser(pattern, at, ignoresCase).Read(ref index));
                return true;
            case '.':
                index++;
                EmitSet(dotIsAll ? CodePointSet.Of((0, 0x10FFFF)) : LineEnds.Complement());
                return true;
            case '^':
                index++;
                Emit(@"\A");
                return false;
            case '$':
                index++;
                Emit(@"(?:(?=\r\n\z)|(?<!\r)(?=\n\z)|(?=[\r\u0085\u2028\u2029]\z)|\z)", @"\z");
                return false;
            case '\\':
                return ReadEscape();
            case '*' or '+' or '?':
                throw new FormatException();
            case '{':
                throw Refuse("a brace that is no quantifier");
            default:
                EmitSet(Single(ReadCodePoint()));
                return true;
        }
    }

    private bool ReadGroup()
    {
        var start = index++;
        if (Current != '?')
        {
            groups++;
            return ReadGroupBody("(");
        }

        foreach (var opening in (ReadOnlySpan<string>)["(?:", "(?=", "(?!", "(?<=", "(?<!", "(?>"])
        {
            if (string.CompareOrdinal(pattern, start, opening, 0, opening.Length) == 0)
            {
                index = start + opening.Length;
                ReadGroupBody(opening);
                return opening is "(?:" or "(?>";
            }
        }

        return ReadFlags();
    }

    private bool ReadGroupBody(string opening)
    {
        Emit(opening);
        ReadAlternatives();
        if (Current != ')' || IsAtEnd)
        {
            throw new FormatException();
        }

        index++;
        Emit(")");
        return true;
    }

    /// <summary>(?i), (?s), (?is): from here to the end of the group; (?s:...): within.</summary>
    private bool ReadFlags()
    {
        var (outerCase, outerDot) = (ignoresCase, dotIsAll);
        for (index++; Current is 'i' or 's'; index++)
        {
            ignoresCase |= Current == 'i';
            dotIsAll |= Current == 's';
        }

        if (Current == ')' && !IsAtEnd)
        {
            index++;
            return false;
        }

        if (Current != ':')
        {
            throw Refuse("a group or flag other than (...), (?:...), (?i), (?s), look-ahead and look-behind");
        }

        index++;
        ReadGroupBody("(?:");
        (ignoresCase, dotIsAll) = (outerCase, outerDot);
        return true;
    }

    private bool ReadEscape()
    {
        var escaped = index + 1 < pattern.Length ? pattern[index + 1] : throw new FormatException();
        switch (escaped)
        {
            case 'A' or 'z':
                index += 2;
                Emit($"\\{escaped}");
                return false;
            case 'b' or 'B':
                index += 2;
                EmitBoundary(escaped == 'B');
                return false;
            case >= '1' and <= '9':
                return ReadBackreference(escaped - '0');
            default:
                EmitSet(new JavaClassParser(pattern, at, ignoresCase).ReadEscape(ref index));
                return true;
        }
    }

    private bool ReadBackreference(int number)
    {
        index += 2;
        if (ignoresCase || char.IsAsciiDigit(Current) || number > groups)
        {
            throw Refuse("a back reference with (?i), of two digits, or to a group that stands behind it");
        }

        backreferences.Add(number);
        Emit($"(?:\\{number})");
        return true;
    }

    /// <summary>Java up to 18: a word is made of letters and digits of any script, the underscore, and marks upon a letter.</summary>
    private void EmitBoundary(bool isNegated)
    {
        const string Before = @"(?:(?<=_)|(?<=[\p{L}\p{Nd}]\p{Mn}*))";
        const string NotBefore = @"(?<!_)(?<![\p{L}\p{Nd}]\p{Mn}*)";
        const string After = @"(?:(?=[\p{L}\p{Nd}_])|(?=\p{Mn})(?<=[\p{L}\p{Nd}]\p{Mn}*))";
        const string NotAfter = @"(?![\p{L}\p{Nd}_])(?!(?=\p{Mn})(?<=[\p{L}\p{Nd}]\p{Mn}*))";
        const string Word = "[0-9A-Za-z_]";
        Emit(
            isNegated ? $"(?:{Before}{After}|{NotBefore}{NotAfter})" : $"(?:{Before}{NotAfter}|{NotBefore}{After})",
            isNegated ? $"(?:(?<={Word})(?={Word})|(?<!{Word})(?!{Word}))" : $"(?:(?<={Word})(?!{Word})|(?<!{Word})(?={Word}))");
    }

    private void ReadQuantifier(int exactStart, int asciiStart)
    {
        var start = index;
        if (Current == '{')
        {
            var end = pattern.IndexOf('}', index);
            var body = end < 0 ? throw new FormatException() : pattern[(index + 1)..end];
            var parts = body.Split(',');
            if (parts.Length > 2 || !parts[0].All(char.IsAsciiDigit) || parts[0].Length is 0 or > 5 || (parts.Length == 2 && !parts[1].All(char.IsAsciiDigit)))
            {
                throw new FormatException();
            }

            index = end + 1;
        }
        else
        {
            index++;
        }

        var quantifier = pattern[start..index];
        var isPossessive = Current == '+' && !IsAtEnd;
        var isLazy = Current == '?' && !IsAtEnd;
        index += isPossessive || isLazy ? 1 : 0;
        if (Current is '*' or '+' or '?' or '{' && !IsAtEnd)
        {
            throw new FormatException();
        }

        Emit(isLazy ? quantifier + "?" : quantifier);
        if (isPossessive)
        {
            exact.Insert(exactStart, "(?>").Append(')');
            ascii.Insert(asciiStart, "(?>").Append(')');
        }
    }

    private int ReadCodePoint()
    {
        var code = char.ConvertToUtf32(pattern, index);
        index += char.IsHighSurrogate(pattern[index]) ? 2 : 1;
        return code;
    }

    private CodePointSet Single(int code)
    {
        var set = CodePointSet.Of((code, code));
        return ignoresCase ? set.FoldAscii() : set;
    }

    private void EmitSet(CodePointSet set) => Emit(set.ToPattern(), set.ToAsciiPattern());

    private void Emit(string both) => Emit(both, both);

    private void Emit(string forAny, string forAscii)
    {
        exact.Append(forAny);
        ascii.Append(forAscii);
    }

    private FlinkSqlException Refuse(string what) => new(at, $"the pattern '{pattern}' has {what}, which is not in the shared subset", "Write it with groups, classes and look-around");
}

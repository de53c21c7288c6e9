using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;
using Recoup.Lakehouse.Dbt.Jinja.Values;

namespace Recoup.Lakehouse.Dbt.Jinja.Syntax;

/// <summary>The tokens inside one tag; a closing that looks like braces counts only where all braces are closed.</summary>
internal sealed partial class CodeScanner(string source, string closing)
{
    private static readonly string[] Operators =
    [
        "//", "**", "==", "!=", ">=", "<=", "+", "-", "/", "*", "%", "~", "[", "]", "(", ")", "{", "}", "=", ">", "<", ".", ":", "|", ",", ";",
    ];

    private readonly Stack<char> _open = new();

    /// <summary>Reads the end of the tag and the whitespace that it takes along.</summary>
    public bool TryClose(ref int position)
    {
        if (_open.Count > 0)
        {
            return false;
        }

        var isSigned = source[position] == '-' || (source[position] == '+' && closing == "%}");
        var start = isSigned ? position + 1 : position;
        if (string.CompareOrdinal(source, start, closing, 0, 2) != 0)
        {
            return false;
        }

        var isStripped = source[position] == '-';
        position = start + 2;
        while (isStripped && position < source.Length && PyText.IsSpace(source[position]))
        {
            position++;
        }

        return true;
    }

    /// <summary>The next token; null for whitespace.</summary>
    public Token? Next(ref int position, int line)
    {
        var start = position;
        var first = source[position];
        if (PyText.IsSpace(first))
        {
            position++;
            return null;
        }

        if (char.IsAsciiDigit(first) && Number(ref position, line) is { } number)
        {
            return number;
        }

        if (IsWord(first))
        {
            position = WordEnd(position);
            return Name(source[start..position], line);
        }

        return first is '\'' or '"' ? Text(ref position, line) : Operator(ref position, line);
    }

    [GeneratedRegex(@"\G(?<!\.)(\d+_)*\d+((\.(\d+_)*\d+)?e[+\-]?(\d+_)*\d+|\.(\d+_)*\d+)", RegexOptions.IgnoreCase | RegexOptions.ECMAScript | RegexOptions.ExplicitCapture)]
    private static partial Regex FloatLiteral();

    [GeneratedRegex(@"\G(0b(_?[0-1])+|0o(_?[0-7])+|0x(_?[0-9a-f])+|[1-9](_?[0-9])*|0(_?0)*)", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex IntegerLiteral();

    [GeneratedRegex(@"\G('[^'\\]*(\\.[^'\\]*)*'|""[^""\\]*(\\.[^""\\]*)*"")", RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex TextLiteral();

    private Token? Number(ref int position, int line)
    {
        var real = FloatLiteral().Match(source, position);
        if (real.Success)
        {
            position += real.Length;
            var digits = real.Value.Replace("_", "", StringComparison.Ordinal);
            return new(TokenKind.Float, real.Value, double.Parse(digits, CultureInfo.InvariantCulture), line);
        }

        var whole = IntegerLiteral().Match(source, position);
        if (!whole.Success)
        {
            return null;
        }

        position += whole.Length;
        PyInt.TryParse(whole.Value, 0, out BigInteger value);
        return new(TokenKind.Integer, whole.Value, PyInt.Normal(value), line);
    }

    private static Token Name(string name, int line) => char.IsAsciiDigit(name[0]) || CharUnicodeInfo.GetUnicodeCategory(name[0]) is UnicodeCategory.NonSpacingMark or UnicodeCategory.DecimalDigitNumber
        ? throw Error("Invalid character in identifier", line)
        : new(TokenKind.Name, string.Intern(name), null, line);

    private int WordEnd(int position)
    {
        while (position < source.Length && IsWord(source[position]))
        {
            position++;
        }

        return position;
    }

    private static bool IsWord(char character) => char.IsAsciiLetterOrDigit(character) || character == '_'
        || (character > '\x7f' && (char.IsLetterOrDigit(character) || CharUnicodeInfo.GetUnicodeCategory(character) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark));

    private Token Text(ref int position, int line)
    {
        var match = TextLiteral().Match(source, position);
        if (!match.Success)
        {
            throw Unexpected(position, line);
        }

        position += match.Length;
        return new(TokenKind.Text, match.Value, TextEscapes.Read(match.Value[1..^1], line), line);
    }

    private Token Operator(ref int position, int line)
    {
        var at = position;
        var symbol = Array.Find(Operators, candidate => string.CompareOrdinal(source, at, candidate, 0, candidate.Length) == 0)
            ?? throw Unexpected(position, line);
        Balance(symbol, line);
        position += symbol.Length;
        return new(TokenKind.Operator, symbol, null, line);
    }

    private void Balance(string symbol, int line)
    {
        switch (symbol)
        {
            case "{" or "(" or "[":
                _open.Push(symbol switch { "{" => '}', "(" => ')', _ => ']' });
                break;
            case "}" or ")" or "]" when _open.Count == 0:
                throw Error($"unexpected '{symbol}'", line);
            case "}" or ")" or "]" when _open.Pop() is var expected && expected != symbol[0]:
                throw Error($"unexpected '{symbol}', expected '{expected}'", line);
        }
    }

    private JinjaException Unexpected(int position, int line) =>
        Error($"unexpected char {PyRepr.Quote(source[position].ToString())} at {position}", line);

    private static JinjaException Error(string message, int line) => new(JinjaErrorKind.Syntax, message, line);
}

using System.Text;

namespace Recoup.Lakehouse.FlinkSql.Syntax;

/// <summary>Cuts a script into tokens. Comments and blanks are dropped, all else keeps its place.</summary>
internal sealed class Lexer(string file, string script)
{
    private static readonly string[] LongSymbols = ["<>", "<=", ">=", "||", "=>", "!="];
    private const string ShortSymbols = "()[]<>=+-*/%,.;:{}";

    private int index;
    private int line = 1;
    private int lineStart;

    private SourcePosition Here => new(file, line, index - lineStart + 1);

    private char Current => index < script.Length ? script[index] : '\0';

    private char Next => index + 1 < script.Length ? script[index + 1] : '\0';

    public static IReadOnlyList<Token> Read(string file, string script)
    {
        var lexer = new Lexer(file, script);
        var tokens = new List<Token>();
        do
        {
            tokens.Add(lexer.ReadToken());
        }
        while (tokens[^1].Kind != TokenKind.End);
        return tokens;
    }

    private Token ReadToken()
    {
        SkipBlanksAndComments();
        var at = Here;
        if (index >= script.Length)
        {
            return new Token(TokenKind.End, string.Empty, at);
        }

        return Current switch
        {
            '`' => new Token(TokenKind.QuotedName, ReadQuoted('`', at, "name"), at),
            '\'' => new Token(TokenKind.Text, ReadQuoted('\'', at, "text"), at),
            '"' => throw new FlinkSqlException(at, "a double quote starts nothing in Flink SQL", "Write `name` for a name or 'text' for a text"),
            'x' or 'X' when Next == '\'' => ReadBinary(at),
            'e' or 'E' or 'n' or 'N' or 'u' or 'U' or '_' when IsPrefixedText() => throw new FlinkSqlException(
                at, "a text with a prefix (E'...', U&'...', N'...', _charset'...') is not in the shared subset", "Write a plain '...'"),
            var letter when IsNameStart(letter) => ReadWord(at),
            var digit when char.IsAsciiDigit(digit) || (digit == '.' && char.IsAsciiDigit(Next)) => ReadNumber(at),
            _ => ReadSymbol(at),
        };
    }

    private bool IsPrefixedText()
    {
        var end = index;
        while (end < script.Length && IsNamePart(script[end]))
        {
            end++;
        }

        var word = script[index..end];
        var quoted = end < script.Length && script[end] == '\'';
        var unicode = word is "U" or "u" && end + 1 < script.Length && script[end] == '&' && script[end + 1] == '\'';
        return unicode || (quoted && (word is "E" or "e" or "N" or "n" || word[0] == '_'));
    }

    private void SkipBlanksAndComments()
    {
        while (index < script.Length)
        {
            if (char.IsWhiteSpace(Current))
            {
                Advance();
            }
            else if (Current == '-' && Next == '-')
            {
                while (index < script.Length && Current != '\n')
                {
                    Advance();
                }
            }
            else if (Current == '/' && Next == '*')
            {
                SkipBlockComment();
            }
            else
            {
                return;
            }
        }
    }

    private void SkipBlockComment()
    {
        var at = Here;
        var end = script.IndexOf("*/", index + 2, StringComparison.Ordinal);
        if (end < 0)
        {
            throw new FlinkSqlException(at, "the comment is not closed", "End it with */");
        }

        if (script[index + 2] == '+')
        {
            throw new FlinkSqlException(at, "a hint (/*+ ... */) changes what Flink does and means nothing here", "Put the option into the table's WITH clause");
        }

        while (index < end + 2)
        {
            Advance();
        }
    }

    private string ReadQuoted(char quote, SourcePosition at, string what)
    {
        var text = new StringBuilder();
        Advance();
        while (index < script.Length)
        {
            if (Current == quote && Next == quote)
            {
                text.Append(quote);
                Advance();
                Advance();
            }
            else if (Current == quote)
            {
                Advance();
                return text.ToString();
            }
            else
            {
                text.Append(Current);
                Advance();
            }
        }

        throw new FlinkSqlException(at, $"the {what} is not closed", $"End it with {quote}; a {quote} within is written twice");
    }

    private Token ReadBinary(SourcePosition at)
    {
        Advance();
        var digits = ReadQuoted('\'', at, "binary");
        if (digits.Length % 2 != 0 || !digits.All(char.IsAsciiHexDigit))
        {
            throw new FlinkSqlException(at, $"X'{digits}' is no binary", "Write an even number of hexadecimal digits");
        }

        return new Token(TokenKind.Binary, digits, at);
    }

    private Token ReadWord(SourcePosition at)
    {
        var start = index;
        while (index < script.Length && IsNamePart(Current))
        {
            Advance();
        }

        return new Token(TokenKind.Word, script[start..index], at);
    }

    private Token ReadNumber(SourcePosition at)
    {
        var start = index;
        SkipDigits();
        if (Current == '.')
        {
            Advance();
            SkipDigits();
        }

        if (Current is 'e' or 'E')
        {
            Advance();
            if (Current is '+' or '-')
            {
                Advance();
            }

            SkipDigits();
        }

        var text = script[start..index];
        if (IsNamePart(Current) || !char.IsAsciiDigit(text[^1]) && text[^1] != '.')
        {
            throw new FlinkSqlException(at, $"\"{text}{Current}\" is no number", "Write digits, with one point or an exponent (1, 1.5, 1e3)");
        }

        return new Token(TokenKind.Number, text, at);
    }

    private void SkipDigits()
    {
        while (char.IsAsciiDigit(Current))
        {
            Advance();
        }
    }

    private Token ReadSymbol(SourcePosition at)
    {
        foreach (var symbol in LongSymbols)
        {
            if (string.CompareOrdinal(script, index, symbol, 0, 2) == 0)
            {
                index += 2;
                return symbol == "!="
                    ? throw new FlinkSqlException(at, "Flink SQL refuses !=", "Write <>")
                    : new Token(TokenKind.Symbol, symbol, at);
            }
        }

        if (!ShortSymbols.Contains(Current, StringComparison.Ordinal))
        {
            throw new FlinkSqlException(at, $"the character '{Current}' starts nothing in Flink SQL", "Remove it, or quote the name with backticks");
        }

        index++;
        return new Token(TokenKind.Symbol, script[index - 1].ToString(), at);
    }

    private void Advance()
    {
        if (script[index] == '\n')
        {
            line++;
            lineStart = index + 1;
        }

        index++;
    }

    private static bool IsNameStart(char letter) => char.IsLetter(letter) || letter == '_';

    private static bool IsNamePart(char letter) => char.IsLetterOrDigit(letter) || letter is '_' or '$';
}

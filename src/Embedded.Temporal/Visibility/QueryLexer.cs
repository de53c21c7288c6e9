using System.Globalization;
using System.Text;

namespace Recoup.Embedded.Temporal.Visibility;

internal enum TokenKind
{
    Word,
    Column,
    Text,
    Number,
    Symbol,
    End,
}

/// <param name="Position">Where it begins, counted from 1.</param>
internal readonly record struct QueryToken(TokenKind Kind, string Value, int Position)
{
    public bool Is(string word) => Kind is TokenKind.Word or TokenKind.Symbol && Value.Equals(word, StringComparison.OrdinalIgnoreCase);
}

/// <summary>A query that is refused; the message says why.</summary>
internal sealed class InvalidQueryException(string message) : Exception(message);

/// <summary>Splits a query into words, texts ('...' or "..."), names (`...`), numbers and symbols.</summary>
internal sealed class QueryLexer(string query)
{
    private int at;

    public static List<QueryToken> Split(string query)
    {
        var lexer = new QueryLexer(query);
        var tokens = new List<QueryToken>();
        do
        {
            tokens.Add(lexer.Next());
        }
        while (tokens[^1].Kind != TokenKind.End);
        return tokens;
    }

    private QueryToken Next()
    {
        while (at < query.Length && char.IsWhiteSpace(query[at]))
        {
            at++;
        }

        if (at >= query.Length)
        {
            return new QueryToken(TokenKind.End, "", at + 1);
        }

        var start = at;
        var first = query[at];
        return first switch
        {
            '\'' or '"' => new QueryToken(TokenKind.Text, Quoted(first), start + 1),
            '`' => new QueryToken(TokenKind.Column, Quoted(first), start + 1),
            _ when char.IsLetter(first) || first == '_' => new QueryToken(TokenKind.Word, While(letter => char.IsLetterOrDigit(letter) || letter is '_' or '.'), start + 1),
            _ when char.IsDigit(first) || (first is '-' or '+' or '.' && at + 1 < query.Length && char.IsDigit(query[at + 1])) => new QueryToken(TokenKind.Number, Number(), start + 1),
            _ => new QueryToken(TokenKind.Symbol, Symbol(), start + 1),
        };
    }

    private string Quoted(char quote)
    {
        var start = at;
        var text = new StringBuilder();
        for (at++; at < query.Length; at++)
        {
            if (query[at] == '\\' && at + 1 < query.Length && quote != '`')
            {
                at++;
            }
            else if (query[at] == quote)
            {
                if (at + 1 >= query.Length || query[at + 1] != quote)
                {
                    at++;
                    return text.ToString();
                }

                at++; // A doubled quote stands for one.
            }

            text.Append(query[at]);
        }

        throw Syntax(start + 1);
    }

    private string Number()
    {
        var start = at;
        at++;
        While(letter => char.IsDigit(letter) || letter is '.' or 'e' or 'E');
        var text = query[start..at];
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _) ? text : throw Syntax(start + 1);
    }

    private string Symbol()
    {
        foreach (var symbol in new[] { "!=", "<>", "<=", ">=", "=", "<", ">", "(", ")", "," })
        {
            if (query.AsSpan(at).StartsWith(symbol))
            {
                at += symbol.Length;
                return symbol;
            }
        }

        throw Syntax(at + 1);
    }

    private string While(Func<char, bool> belongs)
    {
        var start = at;
        while (at < query.Length && belongs(query[at]))
        {
            at++;
        }

        return query[start..at];
    }

    public static InvalidQueryException Syntax(int position, string? near = null) =>
        new($"malformed SQL query: syntax error at position {position}{(string.IsNullOrEmpty(near) ? "" : $" near '{near}'")}");
}

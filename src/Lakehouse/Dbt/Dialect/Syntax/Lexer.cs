using System.Text.RegularExpressions;

namespace Recoup.Lakehouse.Dbt.Dialect.Syntax;

/// <summary>Cuts Trino's SQL into tokens. What only DuckDB knows (<c>::</c>, <c>//</c>, <c>**</c>, <c>-&gt;&gt;</c>, <c>^</c>) is no token here.</summary>
internal static partial class Lexer
{
    public static List<Token> Read(string sql, SourceFile source)
    {
        var tokens = new List<Token>();
        var line = source.FirstLine;
        for (var at = 0; at < sql.Length;)
        {
            var match = Pattern().Match(sql, at);
            if (!match.Success)
            {
                throw source.Refuse("L14", line, $"'{sql[at]}' is not read here", "Write it as Trino's grammar has it");
            }

            if (Kind(match) is { } kind)
            {
                tokens.Add(new Token(kind, Content(kind, match.Value), line));
            }

            line += match.Value.AsSpan().Count('\n');
            at += match.Length;
        }

        tokens.Add(new Token(TokenKind.End, "the end", line));
        return tokens;
    }

    private static TokenKind? Kind(Match match) =>
        match.Groups["blank"].Success ? null
        : match.Groups["word"].Success ? TokenKind.Word
        : match.Groups["name"].Success ? TokenKind.QuotedName
        : match.Groups["text"].Success ? TokenKind.Text
        : match.Groups["number"].Success ? TokenKind.Number
        : TokenKind.Symbol;

    private static string Content(TokenKind kind, string text) => kind switch
    {
        TokenKind.QuotedName => text[1..^1].Replace("\"\"", "\"", StringComparison.Ordinal),
        TokenKind.Text => text[1..^1].Replace("''", "'", StringComparison.Ordinal),
        _ => text,
    };

    // A number ends before a word (1_000 and 0x10 have a rule of their own); "::" and "//" must not pass as two symbols.
    [GeneratedRegex("""
        \G(?:
          (?<blank>\s+|--[^\n]*|/\*[\s\S]*?\*/)
        | (?<number>(?:\d[\d_]*\.?[\d_]*|\.\d[\d_]*)(?:[eE][+-]?\d+)?(?![\w.])|0[xX][0-9a-fA-F_]+(?!\w))
        | (?<word>[A-Za-z_][A-Za-z0-9_@]*)
        | (?<name>"(?:[^"]|"")+")
        | (?<text>'(?:[^']|'')*')
        | <>|!=|<=|>=|\|\||->(?!>)|=>|[-+*%(),.=<>\[\]?]|/(?!/)|(?<!:):(?!:)
        )
        """, RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}

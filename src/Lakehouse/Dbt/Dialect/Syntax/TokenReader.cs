namespace Recoup.Lakehouse.Dbt.Dialect.Syntax;

/// <summary>A place in the tokens of a statement, and the small steps of reading on from it.</summary>
internal sealed class TokenReader(List<Token> tokens, SourceFile source)
{
    private int at;

    public SourceFile Source => source;

    public Token Current => tokens[at];

    public int Line => Current.Line;

    public Token Peek(int ahead = 1) => tokens[Math.Min(at + ahead, tokens.Count - 1)];

    public Token Next() => tokens[at < tokens.Count - 1 ? at++ : at];

    public bool At(params ReadOnlySpan<string> words)
    {
        for (var index = 0; index < words.Length; index++)
        {
            if (!Peek(index).Is(words[index]))
            {
                return false;
            }
        }

        return true;
    }

    public bool Take(params ReadOnlySpan<string> words)
    {
        if (!At(words))
        {
            return false;
        }

        at += words.Length;
        return true;
    }

    public void Expect(string word)
    {
        if (!Take(word))
        {
            throw Unexpected($"'{word}' was expected");
        }
    }

    public DialectException Unexpected(string reason) =>
        source.Refuse("L14", Line, $"{reason} before {(Current.Kind is TokenKind.End ? "the end" : $"'{Current.Text}'")}", "Keep to the grammar that Trino and DuckDB share (docs/DIALECT.md)");

    /// <summary>A name; a reserved word only within quotes, as in Trino.</summary>
    public string Identifier()
    {
        if (!AtIdentifier)
        {
            throw Unexpected("a name was expected");
        }

        return Next().Text;
    }

    public bool AtIdentifier => Current.Kind is TokenKind.QuotedName || (Current.Kind is TokenKind.Word && !ReservedWords.Contains(Current.Text));

    public string Text() => Current.Kind is TokenKind.Text ? Next().Text : throw Unexpected("a text was expected");

    public int Integer() =>
        Current.Kind is TokenKind.Number && int.TryParse(Current.Text, out var value) ? Take(value) : throw Unexpected("a whole number was expected");

    public List<T> CommaList<T>(Func<T> read)
    {
        var items = new List<T> { read() };
        while (Take(","))
        {
            items.Add(read());
        }

        return items;
    }

    public List<T> Parenthesized<T>(Func<T> read, bool mayBeEmpty = false)
    {
        Expect("(");
        var items = mayBeEmpty && At(")") ? [] : CommaList(read);
        Expect(")");
        return items;
    }

    private int Take(int value)
    {
        Next();
        return value;
    }
}

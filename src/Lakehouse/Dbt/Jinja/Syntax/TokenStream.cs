namespace Recoup.Lakehouse.Dbt.Jinja.Syntax;

/// <summary>The tokens of a template with one token of lookahead.</summary>
internal sealed class TokenStream
{
    private readonly IEnumerator<Token> _tokens;
    private Token? _pushed;

    public TokenStream(IEnumerable<Token> tokens)
    {
        _tokens = tokens.GetEnumerator();
        Current = new(TokenKind.End, "", null, 1);
        Next();
    }

    public Token Current { get; private set; }

    /// <summary>Goes to the next token and answers the one before.</summary>
    public Token Next()
    {
        var before = Current;
        Current = _pushed ?? (_tokens.MoveNext() ? _tokens.Current : new(TokenKind.End, "", null, before.Line));
        _pushed = null;
        return before;
    }

    /// <summary>The token after the current one.</summary>
    public Token Look()
    {
        var current = Current;
        Next();
        _pushed = Current;
        Current = current;
        return _pushed.Value;
    }

    public bool SkipName(string name) => Skip(Current.IsName(name));

    public bool Skip(string symbol) => Skip(Current.Is(symbol));

    public Token Expect(string symbol) => Current.Is(symbol) ? Next() : throw Expected(symbol);

    public Token ExpectName(string name) => Current.IsName(name) ? Next() : throw Expected(name);

    public Token Expect(TokenKind kind) => Current.Kind == kind ? Next() : throw Expected(Token.Describe(kind));

    private bool Skip(bool isThere)
    {
        if (isThere)
        {
            Next();
        }

        return isThere;
    }

    private JinjaException Expected(string what) => new(
        JinjaErrorKind.Syntax,
        Current.Kind == TokenKind.End
            ? $"unexpected end of template, expected '{what}'."
            : $"expected token '{what}', got '{Current.Describe()}'",
        Current.Line);
}

namespace Recoup.Lakehouse.Dbt.Dialect.Syntax;

internal enum TokenKind
{
    Word,
    QuotedName,
    Text,
    Number,
    Symbol,
    End,
}

/// <summary>One token.</summary>
/// <param name="Text">Without quotes; words as written.</param>
internal readonly record struct Token(TokenKind Kind, string Text, int Line)
{
    public bool Is(string word) => Kind is TokenKind.Word or TokenKind.Symbol && Text.Equals(word, StringComparison.OrdinalIgnoreCase);
}

namespace Recoup.Lakehouse.FlinkSql.Syntax;

internal enum TokenKind
{
    Word,
    QuotedName,
    Text,
    Binary,
    Number,
    Symbol,
    End,
}

/// <param name="Text">The word or symbol as written; of a quoted name, a text or a binary what is between the quotes.</param>
internal readonly record struct Token(TokenKind Kind, string Text, SourcePosition At)
{
    public bool IsWord(string word) => Kind == TokenKind.Word && string.Equals(Text, word, StringComparison.OrdinalIgnoreCase);

    public bool IsSymbol(string symbol) => Kind == TokenKind.Symbol && Text == symbol;

    public string Shown => Kind switch
    {
        TokenKind.End => "the end of the script",
        TokenKind.Text => $"'{Text}'",
        TokenKind.QuotedName => $"`{Text}`",
        _ => $"\"{Text}\"",
    };
}

namespace Recoup.Lakehouse.FlinkSql.Syntax;

/// <summary>A cursor over the tokens with the questions that every part of the grammar asks.</summary>
internal sealed class TokenReader(IReadOnlyList<Token> tokens)
{
    private int index;

    public Token Current => tokens[index];

    public SourcePosition At => Current.At;

    public Token Peek(int ahead) => tokens[Math.Min(index + ahead, tokens.Count - 1)];

    public Token Take() => tokens[index++];

    public bool IsWord(params ReadOnlySpan<string> words)
    {
        for (var ahead = 0; ahead < words.Length; ahead++)
        {
            if (!Peek(ahead).IsWord(words[ahead]))
            {
                return false;
            }
        }

        return true;
    }

    public bool IsSymbol(string symbol) => Current.IsSymbol(symbol);

    public bool TakeIfWord(params ReadOnlySpan<string> words)
    {
        if (!IsWord(words))
        {
            return false;
        }

        index += words.Length;
        return true;
    }

    public bool TakeIfSymbol(string symbol)
    {
        if (!IsSymbol(symbol))
        {
            return false;
        }

        index++;
        return true;
    }

    public void ExpectWord(params ReadOnlySpan<string> words)
    {
        foreach (var word in words)
        {
            if (!TakeIfWord(word))
            {
                throw Unexpected(word);
            }
        }
    }

    public void ExpectSymbol(string symbol)
    {
        if (!TakeIfSymbol(symbol))
        {
            throw Unexpected($"\"{symbol}\"");
        }
    }

    public string ExpectText(string what)
    {
        if (Current.Kind != TokenKind.Text)
        {
            throw Unexpected($"{what} as a text in single quotes");
        }

        return Take().Text;
    }

    public int ExpectCount(string what)
    {
        if (Current.Kind == TokenKind.Number && int.TryParse(Current.Text, System.Globalization.CultureInfo.InvariantCulture, out var count))
        {
            index++;
            return count;
        }

        throw Unexpected(what);
    }

    /// <summary>A name, quoted or not; a word that Flink reserves must be quoted.</summary>
    public string ExpectName(string what)
    {
        if (Current.Kind == TokenKind.QuotedName)
        {
            return Take().Text;
        }

        if (Current.Kind != TokenKind.Word)
        {
            throw Unexpected(what);
        }

        if (ReservedWords.Contains(Current.Text))
        {
            throw new FlinkSqlException(At, $"{Current.Shown} stands where {what} is expected, and Flink reserves that word", $"Quote it: `{Current.Text}`");
        }

        return Take().Text;
    }

    public IReadOnlyList<string> ExpectNames(string what)
    {
        var names = new List<string>();
        ExpectSymbol("(");
        do
        {
            names.Add(ExpectName(what));
        }
        while (TakeIfSymbol(","));
        ExpectSymbol(")");
        return names;
    }

    public ObjectName ExpectObjectName(string what)
    {
        var at = At;
        var parts = new List<string> { ExpectName(what) };
        while (TakeIfSymbol("."))
        {
            parts.Add(ExpectName(what));
        }

        return parts.Count <= 3
            ? new ObjectName(parts, at)
            : throw new FlinkSqlException(at, "a name has at most three parts", "Write catalog.database.table");
    }

    public FlinkSqlException Unexpected(string expected) =>
        new(At, $"{Current.Shown} stands where {expected} is expected", $"Write {expected} here");
}

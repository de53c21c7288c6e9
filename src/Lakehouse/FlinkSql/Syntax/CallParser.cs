namespace Recoup.Lakehouse.FlinkSql.Syntax;

/// <summary>Reads a call: a name and arguments in parentheses, which for some functions are words of SQL's own grammar.</summary>
internal sealed class CallParser(TokenReader tokens, ExpressionParser expressions)
{
    private static readonly HashSet<string> Units =
    [
        "YEAR", "QUARTER", "MONTH", "WEEK", "DAY", "HOUR", "MINUTE", "SECOND", "MILLISECOND", "MICROSECOND", "NANOSECOND",
        "DOY", "DOW", "ISODOW", "ISOYEAR", "EPOCH", "DECADE", "CENTURY", "MILLENNIUM",
    ];

    public static string ReadUnit(TokenReader tokens)
    {
        var word = tokens.Current.Kind == TokenKind.Word ? tokens.Current.Text.ToUpperInvariant() : string.Empty;
        var unit = Units.Contains(word) ? word : word.EndsWith('S') && Units.Contains(word[..^1]) ? word[..^1] : throw tokens.Unexpected("a unit of time");
        tokens.Take();
        return unit;
    }

    public Expression Read()
    {
        var at = tokens.At;
        var name = tokens.Take().Text.ToUpperInvariant();
        tokens.ExpectSymbol("(");
        return name switch
        {
            "CAST" or "TRY_CAST" => ReadCast(name, at),
            "EXTRACT" => ReadExtract(at),
            "TRIM" => ReadTrim(at),
            "SUBSTRING" => ReadSubstring(at),
            "OVERLAY" => ReadOverlay(at),
            "POSITION" => ReadPosition(at),
            "FLOOR" or "CEIL" or "CEILING" => ReadRounding(name == "FLOOR" ? "FLOOR" : "CEIL", at),
            "TIMESTAMPADD" or "TIMESTAMPDIFF" => ReadTimestampFunction(name, at),
            "ROW" => new RowExpression(expressions.ReadList(")"), at),
            "JSON_VALUE" or "JSON_QUERY" or "JSON_EXISTS" => new JsonParser(tokens, expressions).ReadQuery(name, at),
            "JSON_OBJECT" or "JSON_ARRAY" => new JsonParser(tokens, expressions).ReadConstructor(name, at),
            _ => ReadPlain(name, at),
        };
    }

    private FunctionCall ReadPlain(string name, SourcePosition at)
    {
        if (tokens.IsSymbol("*") || tokens.IsWord("DISTINCT"))
        {
            throw new FlinkSqlException(at, $"{name} over several rows needs state that a batch does not have", "Aggregate in dbt, over the Iceberg table");
        }

        var call = new FunctionCall(name, expressions.ReadList(")"), at);
        return tokens.IsWord("OVER") || tokens.IsWord("FILTER") || tokens.IsWord("WITHIN")
            ? throw new FlinkSqlException(tokens.At, $"{name} over several rows needs state that a batch does not have", "Aggregate in dbt, over the Iceberg table")
            : call;
    }

    private CastExpression ReadCast(string name, SourcePosition at)
    {
        var operand = expressions.Read();
        tokens.ExpectWord("AS");
        var type = TypeParser.Read(tokens);
        tokens.ExpectSymbol(")");
        return new CastExpression(operand, type, name == "TRY_CAST", at);
    }

    private FunctionCall ReadExtract(SourcePosition at)
    {
        var unit = new SymbolArgument(ReadUnit(tokens), at);
        tokens.ExpectWord("FROM");
        var value = expressions.Read();
        tokens.ExpectSymbol(")");
        return new FunctionCall("EXTRACT", [unit, value], at);
    }

    private FunctionCall ReadTrim(SourcePosition at)
    {
        var side = "BOTH";
        foreach (var word in (ReadOnlySpan<string>)["BOTH", "LEADING", "TRAILING"])
        {
            if (tokens.TakeIfWord(word))
            {
                side = word;
                break;
            }
        }

        Expression characters = new TextLiteral(" ", at);
        Expression value;
        if (tokens.TakeIfWord("FROM"))
        {
            value = expressions.Read();
        }
        else
        {
            value = expressions.Read();
            if (tokens.TakeIfWord("FROM"))
            {
                characters = value;
                value = expressions.Read();
            }
        }

        tokens.ExpectSymbol(")");
        return new FunctionCall("TRIM", [new SymbolArgument(side, at), characters, value], at);
    }

    private FunctionCall ReadSubstring(SourcePosition at)
    {
        var arguments = new List<Expression> { expressions.Read() };
        if (tokens.TakeIfWord("FROM"))
        {
            arguments.Add(expressions.Read());
            if (tokens.TakeIfWord("FOR"))
            {
                arguments.Add(expressions.Read());
            }
        }
        else
        {
            while (tokens.TakeIfSymbol(","))
            {
                arguments.Add(expressions.Read());
            }
        }

        tokens.ExpectSymbol(")");
        return new FunctionCall("SUBSTRING", arguments, at);
    }

    private FunctionCall ReadOverlay(SourcePosition at)
    {
        var arguments = new List<Expression> { expressions.Read() };
        tokens.ExpectWord("PLACING");
        arguments.Add(expressions.Read());
        tokens.ExpectWord("FROM");
        arguments.Add(expressions.Read());
        if (tokens.TakeIfWord("FOR"))
        {
            arguments.Add(expressions.Read());
        }

        tokens.ExpectSymbol(")");
        return new FunctionCall("OVERLAY", arguments, at);
    }

    private FunctionCall ReadPosition(SourcePosition at)
    {
        var part = expressions.ReadOperand();
        tokens.ExpectWord("IN");
        var whole = expressions.Read();
        tokens.ExpectSymbol(")");
        return new FunctionCall("POSITION", [part, whole], at);
    }

    private FunctionCall ReadRounding(string name, SourcePosition at)
    {
        var value = expressions.Read();
        if (tokens.TakeIfWord("TO"))
        {
            var unit = new SymbolArgument(ReadUnit(tokens), at);
            tokens.ExpectSymbol(")");
            return new FunctionCall($"{name}_TO", [value, unit], at);
        }

        tokens.ExpectSymbol(")");
        return new FunctionCall(name, [value], at);
    }

    private FunctionCall ReadTimestampFunction(string name, SourcePosition at)
    {
        var unit = new SymbolArgument(ReadUnit(tokens), at);
        tokens.ExpectSymbol(",");
        return new FunctionCall(name, [unit, .. expressions.ReadList(")")], at);
    }
}

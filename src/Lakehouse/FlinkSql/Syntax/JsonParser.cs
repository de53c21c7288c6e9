namespace Recoup.Lakehouse.FlinkSql.Syntax;

/// <summary>Reads the clauses of SQL's JSON functions.</summary>
internal sealed class JsonParser(TokenReader tokens, ExpressionParser expressions)
{
    public FunctionCall ReadQuery(string name, SourcePosition at)
    {
        var value = expressions.Read();
        tokens.ExpectSymbol(",");
        var path = expressions.Read();
        var returning = tokens.TakeIfWord("RETURNING") ? TypeParser.Read(tokens) : null;
        var wrapper = ReadWrapper();
        string? onEmpty = null, onError = null;
        Expression? emptyDefault = null, errorDefault = null;
        while (!tokens.IsSymbol(")"))
        {
            var (behaviour, fallback) = ReadBehaviour();
            tokens.ExpectWord("ON");
            if (tokens.TakeIfWord("EMPTY"))
            {
                (onEmpty, emptyDefault) = (behaviour, fallback);
            }
            else
            {
                tokens.ExpectWord("ERROR");
                (onError, errorDefault) = (behaviour, fallback);
            }
        }

        tokens.ExpectSymbol(")");
        return new FunctionCall(name, [value, path], at, new JsonClauses(returning, onEmpty, emptyDefault, onError, errorDefault, wrapper));
    }

    public FunctionCall ReadConstructor(string name, SourcePosition at)
    {
        var arguments = new List<Expression>();
        while (!tokens.IsSymbol(")") && !StartsNullClause())
        {
            var isNamed = tokens.TakeIfWord("KEY");
            arguments.Add(expressions.Read());
            if (name == "JSON_OBJECT")
            {
                if (!tokens.TakeIfWord("VALUE") && (isNamed || !tokens.TakeIfSymbol(":")))
                {
                    throw tokens.Unexpected("VALUE");
                }

                arguments.Add(expressions.Read());
            }

            if (!tokens.TakeIfSymbol(","))
            {
                break;
            }
        }

        string? onNull = null;
        if (StartsNullClause())
        {
            onNull = tokens.Take().Text.ToUpperInvariant();
            tokens.ExpectWord("ON", "NULL");
        }

        tokens.ExpectSymbol(")");
        return new FunctionCall(name, arguments, at, new JsonClauses(null, null, null, null, null, onNull));
    }

    private bool StartsNullClause() => tokens.IsWord("NULL", "ON", "NULL") || tokens.IsWord("ABSENT", "ON", "NULL");

    private string? ReadWrapper()
    {
        string? wrapper = null;
        if (tokens.TakeIfWord("WITHOUT"))
        {
            wrapper = "WITHOUT";
        }
        else if (tokens.TakeIfWord("WITH"))
        {
            wrapper = tokens.TakeIfWord("CONDITIONAL") ? "CONDITIONAL" : "UNCONDITIONAL";
            tokens.TakeIfWord("UNCONDITIONAL");
        }

        if (wrapper is not null)
        {
            tokens.TakeIfWord("ARRAY");
            tokens.ExpectWord("WRAPPER");
        }

        return wrapper;
    }

    private (string Behaviour, Expression? Default) ReadBehaviour()
    {
        foreach (var word in (ReadOnlySpan<string>)["NULL", "ERROR", "TRUE", "FALSE", "UNKNOWN"])
        {
            if (tokens.TakeIfWord(word))
            {
                return (word, null);
            }
        }

        if (tokens.TakeIfWord("DEFAULT"))
        {
            return ("DEFAULT", expressions.Read());
        }

        if (tokens.TakeIfWord("EMPTY"))
        {
            return tokens.TakeIfWord("OBJECT") ? ("EMPTY OBJECT", null)
                : tokens.TakeIfWord("ARRAY") ? ("EMPTY ARRAY", null)
                : throw tokens.Unexpected("ARRAY or OBJECT");
        }

        throw tokens.Unexpected("NULL, ERROR, DEFAULT, EMPTY, TRUE, FALSE or UNKNOWN");
    }
}

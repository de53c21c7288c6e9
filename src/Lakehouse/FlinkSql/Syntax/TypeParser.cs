namespace Recoup.Lakehouse.FlinkSql.Syntax;

/// <summary>Reads the name of a type with its parameters.</summary>
internal static class TypeParser
{
    public static TypeName Read(TokenReader tokens)
    {
        var at = tokens.At;
        if (tokens.Current.Kind != TokenKind.Word)
        {
            throw tokens.Unexpected("a type");
        }

        var name = tokens.Take().Text.ToUpperInvariant();
        if (name == "DOUBLE" && tokens.TakeIfWord("PRECISION"))
        {
            name = "DOUBLE";
        }

        var elements = new List<TypeField>();
        var parameters = new List<int>();
        if (name == "ROW" && (tokens.IsSymbol("<") || tokens.IsSymbol("(")))
        {
            ReadFields(tokens, elements);
        }
        else
        {
            ReadElements(tokens, elements);
            ReadParameters(tokens, parameters);
        }

        if (name is "TIMESTAMP" or "TIME")
        {
            name = ReadZone(tokens, name);
        }

        var notNull = tokens.TakeIfWord("NOT", "NULL");
        if (!notNull)
        {
            tokens.TakeIfWord("NULL");
        }

        return new TypeName(name, parameters, elements, notNull, at);
    }

    private static string ReadZone(TokenReader tokens, string name)
    {
        if (tokens.TakeIfWord("WITHOUT", "TIME", "ZONE"))
        {
            return name;
        }

        if (tokens.TakeIfWord("WITH", "LOCAL", "TIME", "ZONE"))
        {
            return "TIMESTAMP_LTZ";
        }

        return tokens.IsWord("WITH")
            ? throw new FlinkSqlException(tokens.At, "Flink has no TIMESTAMP WITH TIME ZONE", "Write TIMESTAMP_LTZ(6)")
            : name;
    }

    private static void ReadParameters(TokenReader tokens, List<int> parameters)
    {
        if (!tokens.TakeIfSymbol("("))
        {
            return;
        }

        do
        {
            parameters.Add(tokens.ExpectCount("a number"));
        }
        while (tokens.TakeIfSymbol(","));
        tokens.ExpectSymbol(")");
    }

    private static void ReadElements(TokenReader tokens, List<TypeField> elements)
    {
        if (!tokens.TakeIfSymbol("<"))
        {
            return;
        }

        do
        {
            elements.Add(new TypeField(null, Read(tokens)));
        }
        while (tokens.TakeIfSymbol(","));
        tokens.ExpectSymbol(">");
    }

    private static void ReadFields(TokenReader tokens, List<TypeField> fields)
    {
        var close = tokens.Take().Text == "<" ? ">" : ")";
        do
        {
            var name = tokens.ExpectName("a field's name");
            fields.Add(new TypeField(name, Read(tokens)));
        }
        while (tokens.TakeIfSymbol(","));
        tokens.ExpectSymbol(close);
    }
}

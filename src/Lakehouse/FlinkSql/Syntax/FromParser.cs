namespace Recoup.Lakehouse.FlinkSql.Syntax;

/// <summary>Reads what stands after FROM.</summary>
internal sealed class FromParser(TokenReader tokens, QueryParser queries, ExpressionParser expressions)
{
    public FromItem Read()
    {
        var left = ReadItem();
        while (true)
        {
            var at = tokens.At;
            if (tokens.TakeIfWord("CROSS", "JOIN", "UNNEST"))
            {
                left = ReadUnnest(left, at);
            }
            else if (tokens.IsSymbol(",") || tokens.IsWord("JOIN") || tokens.IsWord("CROSS") || tokens.IsWord("INNER") || tokens.IsWord("LEFT")
                || tokens.IsWord("RIGHT") || tokens.IsWord("FULL") || tokens.IsWord("NATURAL"))
            {
                throw new FlinkSqlException(
                    at, "a join of two streams keeps rows of the past, which a batch does not have", "Join in dbt, over the Iceberg tables; CROSS JOIN UNNEST(array) is read");
            }
            else
            {
                return left;
            }
        }
    }

    private FromUnnest ReadUnnest(FromItem left, SourcePosition at)
    {
        tokens.ExpectSymbol("(");
        var array = expressions.Read();
        tokens.ExpectSymbol(")");
        if (tokens.IsWord("WITH"))
        {
            throw new FlinkSqlException(tokens.At, "WITH ORDINALITY is not in the shared subset", "Number the elements in dbt");
        }

        var (alias, columns) = ReadAlias();
        return new FromUnnest(left, array, alias, columns, at);
    }

    private FromItem ReadItem()
    {
        var at = tokens.At;
        if (tokens.TakeIfSymbol("("))
        {
            var query = queries.Read();
            tokens.ExpectSymbol(")");
            var (queryAlias, queryColumns) = ReadAlias();
            return new FromQuery(query, queryAlias, queryColumns, at);
        }

        if (tokens.TakeIfWord("TABLE"))
        {
            return ReadTableFunction(at);
        }

        var name = tokens.ExpectObjectName("a table");
        if (tokens.IsWord("FOR"))
        {
            throw new FlinkSqlException(tokens.At, "a temporal join keeps rows of the past, which a batch does not have", "Join in dbt, over the Iceberg tables");
        }

        var (alias, columns) = ReadAlias();
        return new FromTable(name, alias, columns, at);
    }

    private FromTumble ReadTableFunction(SourcePosition at)
    {
        tokens.ExpectSymbol("(");
        if (!tokens.TakeIfWord("TUMBLE"))
        {
            throw new FlinkSqlException(tokens.At, $"the table function {tokens.Current.Shown} is not in the shared subset", "TUMBLE is, as a step between views");
        }

        tokens.ExpectSymbol("(");
        tokens.ExpectWord("TABLE");
        var table = tokens.ExpectObjectName("a table");
        tokens.ExpectSymbol(",");
        tokens.ExpectWord("DESCRIPTOR");
        var time = tokens.ExpectNames("a time column");
        tokens.ExpectSymbol(",");
        var size = new PrimaryParser(tokens, expressions).ReadInterval();
        tokens.ExpectSymbol(")");
        tokens.ExpectSymbol(")");
        var (alias, columns) = ReadAlias();
        return new FromTumble(table, time[0], size, alias, columns, at);
    }

    private (string? Alias, IReadOnlyList<string> Columns) ReadAlias()
    {
        var named = tokens.TakeIfWord("AS");
        if (!named && tokens.Current.Kind != TokenKind.QuotedName && (tokens.Current.Kind != TokenKind.Word || ReservedWords.Contains(tokens.Current.Text)))
        {
            return (null, []);
        }

        var alias = tokens.ExpectName("a name");
        return (alias, tokens.IsSymbol("(") ? tokens.ExpectNames("a column") : []);
    }
}

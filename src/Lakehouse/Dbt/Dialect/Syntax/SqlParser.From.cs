namespace Recoup.Lakehouse.Dbt.Dialect.Syntax;

/// <summary>FROM: tables, subqueries, UNNEST and joins.</summary>
internal sealed partial class SqlParser
{
    private FromItem ParseFrom()
    {
        var left = ParseJoins();
        while (reader.At(","))
        {
            var line = reader.Next().Line;
            left = new JoinItem("CROSS", left, ParseJoins(), null, [], line);
        }

        return left;
    }

    private FromItem ParseJoins()
    {
        var left = ParseFromPrimary();
        while (TakeJoin() is { } kind)
        {
            var line = reader.Line;
            var right = ParseFromPrimary();
            var on = kind != "CROSS" && reader.Take("ON") ? ParseExpression() : null;
            List<string> columns = kind != "CROSS" && on is null && reader.Take("USING") ? reader.Parenthesized(reader.Identifier) : [];
            if (kind != "CROSS" && on is null && columns.Count == 0)
            {
                throw reader.Unexpected("ON or USING was expected");
            }

            left = new JoinItem(kind, left, right, on, columns, line);
        }

        return left;
    }

    private string? TakeJoin()
    {
        var kind = reader.At("CROSS") ? "CROSS" : reader.At("INNER") ? "INNER" : reader.At("LEFT") ? "LEFT" : reader.At("RIGHT") ? "RIGHT" : reader.At("FULL") ? "FULL" : null;
        if (kind is null)
        {
            return reader.Take("JOIN") ? "INNER" : null;
        }

        reader.Next();
        reader.Take("OUTER");
        reader.Expect("JOIN");
        return kind;
    }

    private FromItem ParseFromPrimary()
    {
        var line = reader.Line;
        if (reader.Take("UNNEST"))
        {
            var arrays = reader.Parenthesized(ParseExpression);
            var withOrdinality = reader.Take("WITH", "ORDINALITY");
            return new UnnestItem(arrays, withOrdinality, ParseAlias(), line);
        }

        var isLateral = reader.Take("LATERAL");
        if (reader.Take("("))
        {
            return ParseParenthesizedFrom(isLateral, line);
        }

        var name = new List<string> { reader.Identifier() };
        while (reader.Take("."))
        {
            name.Add(reader.Identifier());
        }

        return reader.At("(") ? throw reader.Unexpected("a table function is not read here") : new TableItem(name, ParseAlias(), line);
    }

    private FromItem ParseParenthesizedFrom(bool isLateral, int line)
    {
        if (!AtQuery)
        {
            var inner = ParseFrom();
            reader.Expect(")");
            return inner;
        }

        var query = ParseQuery();
        reader.Expect(")");
        return new QueryItem(query, isLateral, ParseAlias(), line);
    }

    private Alias? ParseAlias()
    {
        if (reader.At("TABLESAMPLE"))
        {
            throw reader.Unexpected("a sample differs from run to run");
        }

        if (!reader.Take("AS") && !IsAliasAhead)
        {
            return null;
        }

        var name = reader.Identifier();
        var alias = new Alias(name, reader.At("(") ? reader.Parenthesized(reader.Identifier) : []);
        return reader.At("TABLESAMPLE") ? throw reader.Unexpected("a sample differs from run to run") : alias;
    }

    private bool IsAliasAhead => reader.AtIdentifier && !reader.At("OFFSET") && !reader.At("LIMIT") && !reader.At("FETCH") && !reader.At("WINDOW") && !reader.At("QUALIFY");
}

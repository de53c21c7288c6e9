namespace Recoup.Lakehouse.Dbt.Dialect.Syntax;

/// <summary>Names and calls, with all that may stand behind a call: FILTER, WITHIN GROUP, IGNORE NULLS, OVER.</summary>
internal sealed partial class SqlParser
{
    private static readonly string[] FrameUnits = ["ROWS", "RANGE", "GROUPS"];

    private Expression ParseNameOrCall()
    {
        var line = reader.Line;
        if (reader.Peek().Is("->"))
        {
            return ParseLambda();
        }

        var name = reader.Identifier();
        return reader.At("(") ? ParseCall(name.ToLowerInvariant(), line) : new NameExpression([name], line);
    }

    private LambdaExpression ParseLambda()
    {
        var line = reader.Line;
        var parameters = reader.At("(") ? reader.Parenthesized(reader.Identifier, mayBeEmpty: true) : [reader.Identifier()];
        reader.Expect("->");
        return new LambdaExpression(parameters, ParseExpression(), line);
    }

    private CallExpression ParseCall(string name, int line)
    {
        reader.Expect("(");
        var call = new CallExpression(name, [], line);
        if (reader.Take("*"))
        {
            call = call with { IsStar = true };
        }
        else if (!reader.At(")"))
        {
            call = ParseArguments(call);
        }

        reader.Expect(")");
        return ParseCallTail(call);
    }

    private CallExpression ParseArguments(CallExpression call)
    {
        var isDistinct = reader.Take("DISTINCT");
        var first = ParseArgument(call.Name);
        if (call.Name == "position" && reader.Take("IN"))
        {
            return call with { Name = "strpos", Arguments = [ParseConcatenation(), first] };
        }

        IReadOnlyList<Expression> rest = call.Name == "substring" && reader.Take("FROM") ? ParseSubstringBounds()
            : reader.Take(",") ? reader.CommaList(ParseExpression)
            : [];
        var orderBy = reader.Take("ORDER", "BY") ? reader.CommaList(ParseSortItem) : [];
        return call with { IsDistinct = isDistinct, Arguments = [first, .. rest], OrderBy = orderBy };
    }

    /// <summary>The text of <c>position(x IN y)</c> and <c>substring(x FROM i FOR n)</c> must not be read as a predicate.</summary>
    private Expression ParseArgument(string name) => name is "position" or "substring" ? ParseConcatenation() : ParseExpression();

    private IReadOnlyList<Expression> ParseSubstringBounds()
    {
        var start = ParseConcatenation();
        return reader.Take("FOR") ? [start, ParseConcatenation()] : [start];
    }

    private CallExpression ParseCallTail(CallExpression call)
    {
        if (reader.Take("WITHIN"))
        {
            reader.Expect("GROUP");
            reader.Expect("(");
            reader.Expect("ORDER");
            reader.Expect("BY");
            call = call with { OrderBy = reader.CommaList(ParseSortItem) };
            reader.Expect(")");
        }
        else if (call.Name == "listagg")
        {
            throw reader.Unexpected("WITHIN GROUP (ORDER BY ...) was expected");
        }

        if (reader.At("FILTER", "("))
        {
            reader.Next();
            reader.Next();
            reader.Expect("WHERE");
            call = call with { Filter = ParseExpression() };
            reader.Expect(")");
        }

        var ignoresNulls = reader.Take("IGNORE", "NULLS");
        _ = reader.Take("RESPECT", "NULLS");
        return call with { IgnoresNulls = ignoresNulls, Window = reader.Take("OVER") ? ParseOver() : null };
    }

    private WindowSyntax ParseOver() => reader.At("(") ? ParseWindow() : new WindowSyntax(reader.Identifier(), [], [], null);

    private WindowSyntax ParseWindow()
    {
        reader.Expect("(");
        var name = reader.AtIdentifier && !reader.At("PARTITION") && !FrameUnits.Any(unit => reader.At(unit)) ? reader.Identifier() : null;
        var partition = reader.Take("PARTITION", "BY") ? reader.CommaList(ParseExpression) : [];
        var order = reader.Take("ORDER", "BY") ? reader.CommaList(ParseSortItem) : [];
        var frame = FrameUnits.Any(unit => reader.At(unit)) ? ParseFrame() : null;
        reader.Expect(")");
        return new WindowSyntax(name, partition, order, frame);
    }

    private FrameSyntax ParseFrame()
    {
        var unit = reader.Next().Text.ToUpperInvariant();
        if (!reader.Take("BETWEEN"))
        {
            return new FrameSyntax(unit, ParseBound(), null);
        }

        var start = ParseBound();
        reader.Expect("AND");
        return new FrameSyntax(unit, start, ParseBound());
    }

    private FrameBound ParseBound()
    {
        foreach (var words in new[] { "UNBOUNDED PRECEDING", "UNBOUNDED FOLLOWING", "CURRENT ROW" })
        {
            if (reader.Take(words.Split(' ')))
            {
                return new FrameBound(words, null);
            }
        }

        var offset = ParseExpression();
        var isPreceding = reader.Take("PRECEDING");
        if (!isPreceding)
        {
            reader.Expect("FOLLOWING");
        }

        return new FrameBound(isPreceding ? "PRECEDING" : "FOLLOWING", offset);
    }

    private SortItem ParseSortItem()
    {
        var expression = ParseExpression();
        var isDescending = reader.Take("DESC");
        _ = !isDescending && reader.Take("ASC");
        bool? nullsFirst = reader.Take("NULLS", "FIRST") ? true : reader.Take("NULLS", "LAST") ? false : null;
        return new SortItem(expression, isDescending, nullsFirst);
    }
}

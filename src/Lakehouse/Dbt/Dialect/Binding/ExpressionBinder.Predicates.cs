using Recoup.Lakehouse.Dbt.Dialect.Syntax;
using Recoup.Lakehouse.Dbt.Dialect.Types;

namespace Recoup.Lakehouse.Dbt.Dialect.Binding;

/// <summary>Comparisons and what is made of them. Types must agree as Trino wants it; NaN equals and orders nothing.</summary>
internal sealed partial class ExpressionBinder
{
    private Bound BindBinary(BinaryExpression binary)
    {
        if (binary.Operator is "AND" or "OR")
        {
            return Plain($"({BindCondition(binary.Left).Sql} {binary.Operator} {BindCondition(binary.Right).Sql})", TrinoType.Boolean, binary.Line);
        }

        var (left, right) = (Bind(binary.Left), Bind(binary.Right));
        return binary.Operator switch
        {
            "||" => BindConcatenation([left, right], binary.Line),
            "+" or "-" or "*" or "/" or "%" => BindArithmetic(binary.Operator, left, right, binary.Line),
            _ => Plain(Compare(binary.Operator, left, right, binary.Line), TrinoType.Boolean, binary.Line),
        };
    }

    private string Compare(string symbol, Bound left, Bound right, int line)
    {
        var common = Comparable(symbol, left, right, line);
        var (a, b) = (Coercion.To(left, common).Sql, Coercion.To(right, common).Sql);
        return !common.IsFloating || symbol.StartsWith("IS", StringComparison.Ordinal) || (left.Constant is not null && right.Constant is not null)
            ? $"({a} {symbol} {b})"
            : CompareFloating(symbol, a, b);
    }

    private static string CompareFloating(string symbol, string a, string b) => $"{symbol switch
    {
        "=" => "trino_equal",
        "<>" => "trino_not_equal",
        "<" => "trino_less",
        "<=" => "trino_less_or_equal",
        ">" => "trino_greater",
        _ => "trino_greater_or_equal",
    }}({a}, {b})";

    private TrinoType Comparable(string what, Bound left, Bound right, int line)
    {
        var common = TypeRules.Common(left.Type, right.Type) ?? throw Mismatch(line, $"'{what}'", left.Type, right.Type);
        return common switch
        {
            { Kind: TypeKind.Json } => throw context.Refuse("L11", line, "JSON values are compared", "Compare what json_extract_scalar gives"),
            { IsNested: true } => throw context.Refuse("L17", line, "arrays, maps or rows are compared, and a NULL within counts differently", "Compare their parts"),
            _ => common,
        };
    }

    private Bound BindBetween(BetweenExpression between)
    {
        var operand = Bind(between.Operand);
        var low = Compare(">=", operand, Bind(between.Low), between.Line);
        var high = Compare("<=", operand, Bind(between.High), between.Line);
        return Plain(between.IsNot ? $"(NOT ({low} AND {high}))" : $"({low} AND {high})", TrinoType.Boolean, between.Line);
    }

    private Bound BindInList(InListExpression list)
    {
        var operand = Bind(list.Operand);
        var items = list.Items.Select(Bind).ToList();
        var common = items.Aggregate(operand.Type, (type, item) => Comparable("IN", new Bound("", type, list.Line), item, list.Line));
        if (common.IsFloating && items.Any(item => item.Constant is null))
        {
            throw context.Refuse("L10", list.Line, "IN over computed doubles counts NaN as equal in DuckDB", "List constants, or compare with =");
        }

        var sql = string.Join(", ", items.Select(item => Coercion.To(item, common).Sql));
        return Plain($"({Coercion.To(operand, common).Sql} {(list.IsNot ? "NOT " : "")}IN ({sql}))", TrinoType.Boolean, list.Line);
    }

    private Bound BindInQuery(InQueryExpression expression)
    {
        var operand = Bind(expression.Operand);
        var query = Single(expression.Query, expression.Line);
        var common = Comparable("IN", operand, query, expression.Line);
        var right = DuckTypes.Name(common) == DuckTypes.Name(query.Type) || !common.IsKnown ? query.Sql : $"SELECT CAST(c AS {DuckTypes.Name(common)}) FROM ({query.Sql}) AS q(c)";
        return common.IsFloating
            ? throw context.Refuse("L10", expression.Line, "IN over doubles counts NaN as equal in DuckDB", "CAST both sides to a decimal")
            : Plain($"({Coercion.To(operand, common).Sql} {(expression.IsNot ? "NOT " : "")}IN ({right}))", TrinoType.Boolean, expression.Line);
    }

    private Bound BindQuantified(QuantifiedExpression expression)
    {
        var left = Bind(expression.Left);
        var query = Single(expression.Query, expression.Line);
        var common = Comparable(expression.Operator, left, query, expression.Line);
        return common.IsFloating || !left.Type.Same(query.Type)
            ? throw context.Refuse("L10", expression.Line, "a quantified comparison is read here between equal types other than doubles", "CAST both sides to the same type")
            : Plain($"({left.Sql} {expression.Operator} {expression.Quantifier} ({query.Sql}))", TrinoType.Boolean, expression.Line);
    }

    private Bound BindSubquery(SubqueryExpression expression)
    {
        var query = Single(expression.Query, expression.Line);
        return query with { Sql = $"({query.Sql})" };
    }

    private Bound Single(QuerySyntax query, int line)
    {
        var bound = BindCorrelated(query);
        return bound.Columns is [var column]
            ? new Bound(bound.Sql, column.Type, line)
            : bound.Columns is null ? new Bound(bound.Sql, TrinoType.Opaque, line)
            : throw context.Refuse("L06", line, "a subquery that stands for a value has more than one column", "Select one column");
    }

    /// <summary>Trino takes a subquery that looks at the query around it only in plain forms.</summary>
    private BoundQuery BindCorrelated(QuerySyntax query)
    {
        var before = context.OuterReferences;
        var bound = queries.Bind(query, scope);
        var isPlain = query is { With: [], OrderBy: [], Limit: null, Offset: null, Body: SelectBody { GroupBy: [], Having: null, IsDistinct: false } };
        return isPlain || context.OuterReferences == before
            ? bound
            : throw context.Refuse("L21", query.Line, "a correlated subquery with more than SELECT, FROM and WHERE may be refused by Trino", "Join instead");
    }

    private Bound BindLike(LikeExpression like)
    {
        var (operand, pattern) = (Bind(like.Operand), Bind(like.Pattern));
        var escape = like.Escape is null ? null : Bind(like.Escape);
        foreach (var text in new[] { operand, pattern })
        {
            if (!Coercion.IsPossible(text.Type, TrinoType.Varchar))
            {
                throw Mismatch(like.Line, "LIKE", operand.Type, pattern.Type);
            }
        }

        if (escape is not null && (escape.Constant is not { Length: 1 } sign || pattern.Constant is not { } constant || !EscapesWell(constant, sign[0])))
        {
            throw context.Refuse("L23", like.Line, "the escape must be one character before %, _ or itself, in a constant pattern", "Escape only these");
        }

        return Plain($"({operand.Sql} {(like.IsNot ? "NOT " : "")}LIKE {pattern.Sql}{(escape is null ? "" : $" ESCAPE {escape.Sql}")})", TrinoType.Boolean, like.Line);
    }

    private static bool EscapesWell(string pattern, char escape)
    {
        for (var index = 0; index < pattern.Length; index++)
        {
            if (pattern[index] == escape && (++index == pattern.Length || (pattern[index] is not ('%' or '_') && pattern[index] != escape)))
            {
                return false;
            }
        }

        return true;
    }
}

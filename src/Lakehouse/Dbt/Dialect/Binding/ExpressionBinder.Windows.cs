using Recoup.Lakehouse.Dbt.Dialect.Syntax;
using Recoup.Lakehouse.Dbt.Dialect.Types;

namespace Recoup.Lakehouse.Dbt.Dialect.Binding;

/// <summary>Window functions and windows; NULLs come last in both directions, as in Trino.</summary>
internal sealed partial class ExpressionBinder
{
    private static readonly HashSet<string> WindowNames =
        ["row_number", "rank", "dense_rank", "percent_rank", "cume_dist", "ntile", "lag", "lead", "first_value", "last_value", "nth_value"];

    public static string Direction(SortItem item) => $"{(item.IsDescending ? "DESC" : "ASC")} NULLS {(item.NullsFirst == true ? "FIRST" : "LAST")}";

    public string BindWindow(WindowSyntax window)
    {
        if (window.Name is not null && !scope.Windows.Contains(window.Name))
        {
            throw context.Refuse("L21", 0, $"there is no window {window.Name}", "Define it in WINDOW");
        }

        if (window is { Name: not null, PartitionBy: [], OrderBy: [], Frame: null })
        {
            return Quoted.Name(window.Name);
        }

        string?[] parts =
        [
            window.Name is null ? null : Quoted.Name(window.Name),
            window.PartitionBy.Count == 0 ? null : $"PARTITION BY {string.Join(", ", window.PartitionBy.Select(expression => Bind(expression).Sql))}",
            window.OrderBy.Count == 0 ? null : $"ORDER BY {string.Join(", ", window.OrderBy.Select(BindSortItem))}",
            window.Frame is null ? null : BindFrame(window.Frame),
        ];
        return $"({string.Join(' ', parts.OfType<string>())})";
    }

    public string BindSortItem(SortItem item)
    {
        var key = Bind(item.Expression);
        CheckSortable(key.Type, key.Line, context);
        return $"{Constantless(key)} {Direction(item)}";
    }

    /// <summary>Trino orders no JSON and no map, and fails on a NULL within an array or row that it orders.</summary>
    public static void CheckSortable(TrinoType? type, int line, BindingContext context)
    {
        if (type is { IsNested: true } or { Kind: TypeKind.Json })
        {
            throw context.Refuse("L17", line, $"{type} is ordered differently", "Order by a plain value");
        }
    }

    /// <summary>A constant in ORDER BY would be the number of a column.</summary>
    private static string Constantless(Bound key) => key.IsNumberLiteral ? $"CAST({key.Sql} AS BIGINT)" : key.Sql;

    private string BindFrame(FrameSyntax frame) => frame.End is null
        ? $"{frame.Unit} {BindBound(frame.Start)}"
        : $"{frame.Unit} BETWEEN {BindBound(frame.Start)} AND {BindBound(frame.End)}";

    private string BindBound(FrameBound bound) => bound.Offset is null ? bound.Words : $"{Bind(bound.Offset).Sql} {bound.Words}";

    private Bound BindWindowFunction(CallExpression call, IReadOnlyList<Bound> arguments, AggregateTail tail)
    {
        if (call.Window is null || call.IsDistinct)
        {
            throw context.Refuse("L21", call.Line, $"{call.Name} needs OVER (...)", "Add a window");
        }

        var nulls = call.IgnoresNulls ? " IGNORE NULLS" : "";
        var type = call.Name switch
        {
            "percent_rank" or "cume_dist" => TrinoType.Double,
            "lag" or "lead" or "first_value" or "last_value" or "nth_value" when arguments.Count > 0 => arguments[0].Type,
            _ => TrinoType.BigInt,
        };
        var texts = (call.Name, arguments) switch
        {
            ("row_number" or "rank" or "dense_rank" or "percent_rank" or "cume_dist", []) when !call.IgnoresNulls => [],
            ("ntile", [{ Type.IsInteger: true } buckets]) when !call.IgnoresNulls => new[] { buckets.Sql },
            ("first_value" or "last_value", [var x]) => [Coercion.Exact(x)],
            ("lag" or "lead", [var x]) => [Coercion.Exact(x)],
            ("lag" or "lead" or "nth_value", [var x, { Type.IsInteger: true, IsNumberLiteral: true } offset]) when IsOffset(call, offset) => [Coercion.Exact(x), offset.Sql],
            ("lag" or "lead", [var x, { Type.IsInteger: true, IsNumberLiteral: true } offset, var other]) when IsOffset(call, offset) && Coercion.IsPossible(other.Type, x.Type) =>
                [Coercion.Exact(x), offset.Sql, Coercion.To(other, x.Type).Sql],
            _ => throw context.Refuse("L15", call.Line, $"{call.Name} with these arguments is not read here", "Give an offset as a constant, and a default of the value's type"),
        };
        return Plain(tail.Around($"{call.Name}({string.Join(", ", texts)}{nulls})"), type, call.Line);
    }

    /// <summary>Trino counts the values of <c>nth_value</c> from 1; of no step back or on without NULLs the engines make different things.</summary>
    private static bool IsOffset(CallExpression call, Bound offset) =>
        offset.Constant![0] != '-' && (offset.Constant != "0" || (call.Name != "nth_value" && !call.IgnoresNulls));
}

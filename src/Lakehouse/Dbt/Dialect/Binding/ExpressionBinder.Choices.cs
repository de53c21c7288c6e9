using Recoup.Lakehouse.Dbt.Dialect.Syntax;
using Recoup.Lakehouse.Dbt.Dialect.Types;

namespace Recoup.Lakehouse.Dbt.Dialect.Binding;

/// <summary>CASE, arrays, rows and subscripts.</summary>
internal sealed partial class ExpressionBinder
{
    private Bound BindCase(CaseExpression choice)
    {
        var operand = choice.Operand is null ? null : Bind(choice.Operand);
        var results = choice.Branches.Select(branch => Bind(branch.Then)).ToList();
        var otherwise = choice.Otherwise is null ? null : Bind(choice.Otherwise);
        var type = CommonOf([.. results, .. otherwise is null ? Array.Empty<Bound>() : [otherwise]], "CASE", choice.Line);
        var sql = choice.Branches.Select((branch, index) =>
        {
            var when = operand is null ? BindCondition(branch.When).Sql : Compare("=", operand, Bind(branch.When), choice.Line);
            return $"WHEN {when} THEN {Coercion.To(results[index], type).Sql}";
        });
        var last = otherwise is null ? "" : $" ELSE {Coercion.To(otherwise, type).Sql}";
        return Plain($"CASE {string.Join(' ', sql)}{last} END", type, choice.Line);
    }

    /// <summary>The one type of several results; numbers of different kinds are converted, anything else is refused as Trino does.</summary>
    private TrinoType CommonOf(IReadOnlyList<Bound> values, string what, int line)
    {
        var type = TypeRules.Common(values.Select(value => value.Type));
        return type ?? throw context.Refuse("L06", line, $"{what} mixes {string.Join(" and ", values.Select(value => value.Type.Name).Distinct())}, which Trino refuses", "CAST them to one type");
    }

    private Bound BindArray(ArrayExpression array)
    {
        var items = array.Items.Select(Bind).ToList();
        var type = CommonOf(items, "ARRAY", array.Line);
        var sql = $"[{string.Join(", ", items.Select(item => Coercion.To(item with { Sql = Coercion.Exact(item) }, type).Sql))}]";
        return new Bound(sql, TrinoType.ArrayOf(type), array.Line) { Items = items, IsSafe = items.All(item => item.IsSafe) };
    }

    private Bound BindRow(RowExpression row)
    {
        var items = row.Items.Select(Bind).ToList();
        var fields = items.Select((item, index) => $"{Quoted.Name($"field{index}")} := {Coercion.Exact(item)}");
        return Plain($"struct_pack({string.Join(", ", fields)})", TrinoType.RowOf([.. items.Select(item => item.Type)], [.. items.Select(_ => (string?)null)]), row.Line);
    }

    private Bound BindSubscript(SubscriptExpression subscript)
    {
        var (operand, index) = (Bind(subscript.Operand), Bind(subscript.Index));
        return operand.Type.Kind switch
        {
            TypeKind.Array when index.Type.IsInteger => Plain($"trino_item({operand.Sql}, {index.Sql})", operand.Type.Element, subscript.Line),
            TypeKind.Map when Coercion.IsPossible(index.Type, operand.Type.Arguments[0]) =>
                Plain($"trino_value({operand.Sql}, {Coercion.To(index, operand.Type.Arguments[0]).Sql})", operand.Type.Arguments[1], subscript.Line),
            TypeKind.Row when int.TryParse(index.Constant, out var field) && field >= 1 && field <= operand.Type.Arguments.Count =>
                Plain($"({operand.Sql}).{Quoted.Name(operand.Type.Fields[field - 1] ?? $"field{field - 1}")}", operand.Type.Arguments[field - 1], subscript.Line),
            TypeKind.Opaque => throw context.TypeNotKnown(subscript.Line, "a subscript"),
            _ => throw Mismatch(subscript.Line, "a subscript", operand.Type, index.Type),
        };
    }
}

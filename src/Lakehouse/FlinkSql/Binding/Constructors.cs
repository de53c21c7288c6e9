using Recoup.Lakehouse.FlinkSql.Functions;
using Recoup.Lakehouse.FlinkSql.Native;
using Recoup.Lakehouse.FlinkSql.Syntax;
using Recoup.Lakehouse.FlinkSql.Types;

namespace Recoup.Lakehouse.FlinkSql.Binding;

/// <summary>CASE, ROW, ARRAY and the access to an element.</summary>
internal static class Constructors
{
    public static BoundExpression BindCase(
        BindingContext binding, IReadOnlyList<BoundExpression> conditions, IReadOnlyList<(BoundExpression? Value, SourcePosition At)> results, SourcePosition at)
    {
        var type = CommonType.Of([.. results.Where(result => result.Value is not null).Select(result => result.Value!.Type)], at);
        var sql = new System.Text.StringBuilder("(CASE");
        var canFail = false;
        for (var index = 0; index < results.Count; index++)
        {
            var (value, place) = results[index];
            var bound = value is null ? null : Casts.Widen(binding, value, type, place);
            canFail |= bound?.CanFail ?? false;
            var result = bound?.Sql ?? "NULL";
            if (index < conditions.Count)
            {
                canFail |= conditions[index].CanFail;
                sql.Append($" WHEN {conditions[index].Sql} THEN {result}");
            }
            else
            {
                sql.Append($" ELSE {result} END)");
            }
        }

        return new BoundExpression(sql.ToString(), type, CanFail: canFail);
    }

    public static BoundExpression BindRow(RowExpression row, IReadOnlyList<BoundExpression> fields)
    {
        var names = fields.Select((field, index) => new RowField($"EXPR${index}", field.Type)).ToList();
        var packed = string.Join(", ", fields.Select((field, index) => $"{PhysicalTypes.Quote(names[index].Name)} := {field.Sql}"));
        return fields.Count > 0
            ? new BoundExpression($"struct_pack({packed})", FlinkType.RowOf(names), CanFail: fields.Any(field => field.CanFail))
            : throw new FlinkSqlException(row.At, "a ROW needs a field", "Put an expression between the parentheses");
    }

    public static BoundExpression BindArray(
        BindingContext binding, ArrayExpression array, IReadOnlyList<BoundExpression> elements, IReadOnlyList<IReadOnlyList<BoundExpression>>? rows)
    {
        if (elements.Count == 0)
        {
            throw new FlinkSqlException(array.At, "an empty ARRAY has no type", "Put an element between the brackets");
        }

        var type = rows is { Count: 1 } ? elements[0].Type : CommonType.Of([.. elements.Select(element => element.Type)], array.At);
        var widened = elements.Select((element, index) => Casts.Widen(binding, element, type, array.Elements[index].At)).ToList();
        var sql = $"list_value({string.Join(", ", widened.Select(element => element.Sql))})";
        return new BoundExpression(sql, FlinkType.ArrayOf(type), CanFail: elements.Any(element => element.CanFail), Rows: rows);
    }

    /// <summary>Elements count from 1; one past the end is NULL, 0 and less fail the job.</summary>
    public static BoundExpression BindAccess(BindingContext binding, BoundExpression collection, BoundExpression index, SourcePosition at)
    {
        if (collection.Type != FlinkType.TextArray && !(collection.Type.Kind == TypeKind.Array && collection.Type.Element!.IsText))
        {
            throw new FlinkSqlException(at, $"an element of {collection.Type} is not in the shared subset", "Arrays of texts are");
        }

        if (index.Type.Kind != TypeKind.Int)
        {
            throw new FlinkSqlException(at, $"an element's number must be INT, not {index.Type}", "Cast it to INT");
        }

        if (index.Constant is long number && number < 1)
        {
            throw new FlinkSqlException(at, $"elements count from 1: [{number}] fails the job", "Write [1] for the first");
        }

        return binding.Call("element", collection.Type.Element!, Element, [collection, index], canFail: index.Constant is null);
    }

    private static void Element(in Arguments arguments, ref Result result)
    {
        var index = arguments.Int32(1);
        if (index < 1)
        {
            throw new FlinkValueException($"Array element access needs an index starting at 1 but was {index}.");
        }

        if (index <= arguments.Count(0) && !arguments.IsElementNull(0, index - 1))
        {
            result.Bytes(arguments.ElementBytes(0, index - 1));
        }
    }
}

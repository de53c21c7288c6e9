using Recoup.Lakehouse.FlinkSql.Syntax;

namespace Recoup.Lakehouse.FlinkSql.Binding;

/// <summary>The columns that an expression may name.</summary>
internal sealed class Scope(IReadOnlyList<ScopeColumn> columns)
{
    public static readonly Scope Empty = new([]);

    public IReadOnlyList<ScopeColumn> Columns => columns;

    public BoundExpression Resolve(ColumnReference reference)
    {
        var name = reference.Path[^1];
        var table = reference.Path.Count > 1 ? reference.Path[^2] : null;
        var found = columns.Where(column => column.Name == name && (table is null || column.Table == table)).ToList();
        return found.Count switch
        {
            1 => found[0].Refusal is null ? found[0].Value : throw new FlinkSqlException(reference.At, found[0].Refusal!, "Use the time column itself"),
            0 => throw new FlinkSqlException(reference.At, $"there is no column {string.Join('.', reference.Path)}", Known(name)),
            _ => throw new FlinkSqlException(reference.At, $"the column {name} is ambiguous", "Put the table's name before it"),
        };
    }

    private string Known(string name)
    {
        var other = columns.FirstOrDefault(column => string.Equals(column.Name, name, StringComparison.OrdinalIgnoreCase));
        return other is not null
            ? $"Names are told apart by case: write {other.Name}"
            : $"Known are {string.Join(", ", columns.Select(column => column.Name))}";
    }
}

/// <param name="IsTimeAttribute">The watermark follows this column: TUMBLE takes no other.</param>
/// <param name="Refusal">Why the column exists in Flink and is not computed here.</param>
internal sealed record ScopeColumn(string? Table, string Name, BoundExpression Value, bool IsTimeAttribute = false, string? Refusal = null);

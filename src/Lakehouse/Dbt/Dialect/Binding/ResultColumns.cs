using Recoup.Lakehouse.Dbt.Dialect.Syntax;

namespace Recoup.Lakehouse.Dbt.Dialect.Binding;

/// <summary>What leaves a statement: values that both engines print alike.</summary>
internal static class ResultColumns
{
    public static IReadOnlyList<TranslatedColumn> Check(BoundQuery query, QuerySyntax syntax, BindingContext context)
    {
        var interval = query.Columns?.FirstOrDefault(column => column.Type.IsInterval);
        return interval is null
            ? [.. (query.Columns ?? []).Select((column, index) => new TranslatedColumn(column.Name.Length == 0 ? $"_col{index}" : column.Name, column.Type.IsKnown ? column.Type.Name : null))]
            : throw context.Refuse("L08", syntax.Line, "an interval leaves the statement, and the engines print it differently", "Use date_diff");
    }
}

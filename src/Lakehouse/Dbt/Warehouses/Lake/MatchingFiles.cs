using Recoup.Lakehouse.Dbt.Warehouses.DuckDb;
using Recoup.Lakehouse.Iceberg;
using Recoup.Lakehouse.Iceberg.Scans;
using Recoup.Lakehouse.Iceberg.Schemas;
using Recoup.Lakehouse.Iceberg.Values;

namespace Recoup.Lakehouse.Dbt.Warehouses.Lake;

/// <summary>
/// Finds the data files that hold a row to be replaced. Files whose statistics or partition leave no room for the model's keys are not opened; of the
/// others the keys are read.
/// </summary>
internal static class MatchingFiles
{
    public static async Task<IReadOnlyList<FileTask>> FindAsync(Table table, DuckDbSession duck, RewriteSql rewrite, CancellationToken cancellation)
    {
        if (Keys(table, duck, rewrite) is not { } filter)
        {
            return [];
        }

        var found = new List<FileTask>();
        foreach (var task in await table.Scan().Where(filter).PlanAsync(cancellation))
        {
            cancellation.ThrowIfCancellationRequested();
            var rows = await table.Scan().ToSqlAsync(duck.Connection, [task], cancellation);
            if (duck.Query(rewrite.AnyMatch(rows)).Rows.Count > 0)
            {
                found.Add(task);
            }
        }

        return found;
    }

    /// <summary>The range of each key that is a column of its own; <see langword="null"/> when a key is NULL in all rows, which then match nothing.</summary>
    private static Filter? Keys(Table table, DuckDbSession duck, RewriteSql rewrite)
    {
        var filter = Filter.All;
        var staged = duck.Describe($"SELECT * FROM {rewrite.Stage}");
        foreach (var key in rewrite.Plan.UniqueKey)
        {
            var field = table.Schema.Fields.FirstOrDefault(field => field.Name.Equals(key.Trim('"'), StringComparison.OrdinalIgnoreCase));
            if (field?.Type is not PrimitiveType type || !IsOrdered(type) || staged.FirstOrDefault(column => column.Name == field.Name)?.Type != Described(type))
            {
                continue;
            }

            var name = SqlText.Name(field.Name);
            if (duck.Query($"SELECT CAST(min({name}) AS VARCHAR), CAST(max({name}) AS VARCHAR) FROM {rewrite.Stage}").Rows[0] is not [string least, string most])
            {
                return null;
            }

            if (ValueText.TryParse(type, least, out _) && ValueText.TryParse(type, most, out _))
            {
                filter = And(And(filter, Filter.Compare(field.Name, Comparison.GreaterOrEqual, least)), Filter.Compare(field.Name, Comparison.LessOrEqual, most));
            }
        }

        return filter;
    }

    private static Filter And(Filter left, Filter right) => left == Filter.All ? right : left.And(right);

    private static bool IsOrdered(PrimitiveType type) => type.Kind is PrimitiveKind.Int or PrimitiveKind.Long or PrimitiveKind.Decimal or PrimitiveKind.Date
        or PrimitiveKind.Timestamp or PrimitiveKind.Timestamptz or PrimitiveKind.String;

    private static string Described(PrimitiveType type) => type.Kind is PrimitiveKind.Timestamptz ? "TIMESTAMP WITH TIME ZONE" : DuckType.Of(type);
}

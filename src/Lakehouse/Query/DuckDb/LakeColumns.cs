using Recoup.Lakehouse.Dbt.Dialect;
using Recoup.Lakehouse.Iceberg.Catalogs;
using Recoup.Lakehouse.Iceberg.Schemas;
using Recoup.Lakehouse.Iceberg.Values;

namespace Recoup.Lakehouse.Query.DuckDb;

/// <summary>The columns of all tables and views, for whom types expressions.</summary>
internal static class LakeColumns
{
    public static async Task<TableColumns> OfAsync(ILakeContents lake, CancellationToken cancellation)
    {
        var columns = new Dictionary<string, IReadOnlyList<(string Name, string Type)>>(StringComparer.OrdinalIgnoreCase);
        foreach (var identifier in await lake.ListTablesAsync(cancellation))
        {
            Add(identifier, (await lake.FindTableAsync(identifier, cancellation))?.Schema);
        }

        foreach (var identifier in await lake.ListViewsAsync(cancellation))
        {
            Add(identifier, (await lake.FindViewAsync(identifier, cancellation))?.Schema);
        }

        return name => columns.GetValueOrDefault(string.Join('.', name.TakeLast(2)));

        void Add(TableIdentifier identifier, Schema? schema) =>
            columns[identifier.ToString()] = [.. (schema?.Fields ?? []).Select(field => (field.Name, DuckType.Of(field.Type)))];
    }
}

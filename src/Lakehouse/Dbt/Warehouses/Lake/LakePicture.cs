using Recoup.Lakehouse.Iceberg;
using Recoup.Lakehouse.Iceberg.Catalogs;
using Recoup.Lakehouse.Iceberg.Views;
using Recoup.Lakehouse.Query.DuckDb;

namespace Recoup.Lakehouse.Dbt.Warehouses.Lake;

/// <summary>
/// The lake as it was when a run began, with what the run itself has written since. Snapshots are kept by their files, so the run must not take
/// longer than snapshots are kept.
/// </summary>
internal sealed class LakePicture : ILakeContents
{
    private readonly Dictionary<TableIdentifier, Table> tables;
    private readonly Dictionary<TableIdentifier, View> views;

    private LakePicture(IEnumerable<Table> tables, IEnumerable<View> views)
    {
        this.tables = tables.ToDictionary(table => table.Identifier);
        this.views = views.ToDictionary(view => view.Identifier);
    }

    public static async Task<LakePicture> TakeAsync(ILakeContents lake, CancellationToken cancellation)
    {
        var (tables, views) = (new List<Table>(), new List<View>());
        foreach (var identifier in await lake.ListTablesAsync(cancellation))
        {
            if (await lake.FindTableAsync(identifier, cancellation) is { } table)
            {
                tables.Add(table);
            }
        }

        foreach (var identifier in await lake.ListViewsAsync(cancellation))
        {
            if (await lake.FindViewAsync(identifier, cancellation) is { } view)
            {
                views.Add(view);
            }
        }

        return new LakePicture(tables, views);
    }

    public void Set(Table table)
    {
        views.Remove(table.Identifier);
        tables[table.Identifier] = table;
    }

    public void Set(View view)
    {
        tables.Remove(view.Identifier);
        views[view.Identifier] = view;
    }

    public void Remove(TableIdentifier identifier)
    {
        tables.Remove(identifier);
        views.Remove(identifier);
    }

    public Task<IReadOnlyList<TableIdentifier>> ListTablesAsync(CancellationToken cancellation) => Task.FromResult<IReadOnlyList<TableIdentifier>>([.. tables.Keys]);

    public Task<IReadOnlyList<TableIdentifier>> ListViewsAsync(CancellationToken cancellation) => Task.FromResult<IReadOnlyList<TableIdentifier>>([.. views.Keys]);

    public Task<Table?> FindTableAsync(TableIdentifier identifier, CancellationToken cancellation) => Task.FromResult(tables.GetValueOrDefault(identifier));

    public Task<View?> FindViewAsync(TableIdentifier identifier, CancellationToken cancellation) => Task.FromResult(views.GetValueOrDefault(identifier));
}

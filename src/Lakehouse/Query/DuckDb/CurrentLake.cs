using Recoup.Lakehouse.Iceberg;
using Recoup.Lakehouse.Iceberg.Catalogs;
using Recoup.Lakehouse.Iceberg.Views;

namespace Recoup.Lakehouse.Query.DuckDb;

/// <summary>The catalog as it is now.</summary>
internal sealed class CurrentLake(ICatalog catalog) : ILakeContents
{
    /// <summary>A catalog that has no views is read as one without any.</summary>
    private readonly IViewCatalog? views = catalog as IViewCatalog;

    public Task<IReadOnlyList<TableIdentifier>> ListTablesAsync(CancellationToken cancellation) => ListAsync(catalog.ListTablesAsync, cancellation);

    public async Task<IReadOnlyList<TableIdentifier>> ListViewsAsync(CancellationToken cancellation) =>
        views is null ? [] : await ListAsync(views.ListViewsAsync, cancellation);

    public async Task<Table?> FindTableAsync(TableIdentifier identifier, CancellationToken cancellation)
    {
        try
        {
            return await catalog.LoadTableAsync(identifier, cancellation);
        }
        catch (IcebergException missing) when (IsMissing(missing))
        {
            return null;
        }
    }

    public async Task<View?> FindViewAsync(TableIdentifier identifier, CancellationToken cancellation)
    {
        try
        {
            return views is null ? null : await views.LoadViewAsync(identifier, cancellation);
        }
        catch (IcebergException missing) when (IsMissing(missing))
        {
            return null;
        }
    }

    private static bool IsMissing(IcebergException refused) =>
        refused.Failure is IcebergFailure.NoSuchTable or IcebergFailure.NoSuchView or IcebergFailure.NoSuchNamespace;

    private async Task<IReadOnlyList<TableIdentifier>> ListAsync(
        Func<TableNamespace, CancellationToken, Task<IReadOnlyList<TableIdentifier>>> list, CancellationToken cancellation)
    {
        var identifiers = new List<TableIdentifier>();
        foreach (var space in await catalog.ListNamespacesAsync(null, cancellation))
        {
            identifiers.AddRange(await list(space, cancellation));
        }

        return identifiers;
    }
}

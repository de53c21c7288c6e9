using Recoup.Lakehouse.Iceberg.Catalogs;
using Recoup.Lakehouse.Iceberg.Storage;

namespace Recoup.Lakehouse.Dbt.Warehouses.Lake;

/// <summary>
/// A table's files are written before the catalog knows of it, and orphan removal looks at tables that it knows. So the folder of a first build is
/// noted in the namespace's properties until the table is there: when a build dies, the next one of that name deletes what it left.
/// </summary>
internal sealed class FirstBuilds(ICatalog catalog, ITableStorage storage)
{
    private const string Prefix = "recoup.first-build.";

    /// <summary>Clears what an earlier build left, and gives the folder of this one.</summary>
    public async Task<string> BeginAsync(TableIdentifier identifier, CancellationToken cancellation)
    {
        var properties = await catalog.LoadNamespaceAsync(identifier.Namespace, cancellation);
        if (properties.TryGetValue(Prefix + identifier.Name, out var left))
        {
            await DeleteAsync(left, cancellation);
        }

        var location = NewTable.DefaultLocation(identifier, storage.Warehouse, Guid.CreateVersion7());
        await catalog.UpdateNamespaceAsync(identifier.Namespace, [], new Dictionary<string, string> { [Prefix + identifier.Name] = location }, cancellation);
        return location;
    }

    public Task EndAsync(TableIdentifier identifier, CancellationToken cancellation) =>
        catalog.UpdateNamespaceAsync(identifier.Namespace, [Prefix + identifier.Name], new Dictionary<string, string>(), cancellation);

    /// <summary>A build may have died after its commit, and its table been renamed since: a folder that a table has is left.</summary>
    private async Task DeleteAsync(string location, CancellationToken cancellation)
    {
        foreach (var space in await catalog.ListNamespacesAsync(null, cancellation))
        {
            foreach (var identifier in await catalog.ListTablesAsync(space, cancellation))
            {
                if ((await catalog.LoadTableAsync(identifier, cancellation)).Metadata.Location == location)
                {
                    return;
                }
            }
        }

        await foreach (var file in storage.ListAsync(location, cancellation))
        {
            await storage.DeleteAsync(file.Location, cancellation);
        }
    }
}

using Recoup.Lakehouse.Iceberg.Storage;
using Recoup.Lakehouse.Iceberg.Views;

namespace Recoup.Lakehouse.Iceberg.Catalogs;

/// <summary>The views of a SQLite catalog. As with tables, the new metadata file is written first and then the row moved.</summary>
internal sealed class SqliteViewCatalog(SqliteCatalogFile file, ITableStorage storage, TimeProvider clock) : IViewCatalog
{
    private const int Attempts = 32;

    public Task<IReadOnlyList<TableIdentifier>> ListViewsAsync(TableNamespace space, CancellationToken cancellation = default) =>
        file.RunAsync(database => SqliteViews.List(database, space), cancellation);

    public async Task<View> LoadViewAsync(TableIdentifier identifier, CancellationToken cancellation = default) =>
        await FindAsync(identifier, cancellation) ?? throw SqliteViews.NoSuchView(identifier);

    public async Task<View> ReplaceViewAsync(TableIdentifier identifier, ViewDefinition definition, CancellationToken cancellation = default)
    {
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            var before = await FindAsync(identifier, cancellation);
            var after = before is null
                ? ViewVersions.First(identifier, definition, storage.Warehouse, clock.GetUtcNow())
                : ViewVersions.Next(before.Metadata, identifier, definition, clock.GetUtcNow());
            var location = $"{after.Location}/metadata/{after.CurrentVersionId:D5}-{Guid.CreateVersion7()}.metadata.json";
            await storage.WriteNewAsync(location, after.Write(), cancellation);
            if (await file.RunAsync(database => SqliteViews.Move(database, identifier, before?.MetadataLocation, location), cancellation))
            {
                return await MovedAsync(before, new View(identifier, after, location));
            }

            await storage.DeleteAsync(location, cancellation);
        }

        throw IcebergException.Conflict($"The view '{identifier}' was changed by others {Attempts} times in a row; try again.");
    }

    public Task RenameViewAsync(TableIdentifier source, TableIdentifier destination, CancellationToken cancellation = default) =>
        file.RunAsync(database => SqliteViews.Rename(database, source, destination), cancellation);

    public async Task DropViewAsync(TableIdentifier identifier, CancellationToken cancellation = default)
    {
        var view = await LoadViewAsync(identifier, cancellation);
        await file.RunAsync(database => SqliteViews.Delete(database, identifier), cancellation);
        await storage.DeleteAsync(view.MetadataLocation, cancellation);
    }

    private async Task<View?> FindAsync(TableIdentifier identifier, CancellationToken cancellation)
    {
        var location = await LocationAsync(identifier, cancellation);
        while (location is not null)
        {
            try
            {
                return new View(identifier, ViewMetadata.Read(await storage.ReadAsync(location, cancellation), location), location);
            }
            catch (FileNotFoundException missing)
            {
                // Replaced after its row was read: the row has moved on.
                var next = await LocationAsync(identifier, cancellation);
                location = next != location ? next : throw IcebergException.Invalid($"The metadata of the view '{identifier}' is not at {location}.", missing);
            }
        }

        return null;
    }

    private Task<string?> LocationAsync(TableIdentifier identifier, CancellationToken cancellation) =>
        file.RunAsync(database => SqliteViews.Find(database, identifier), cancellation);

    /// <summary>The metadata holds older versions itself, so the file before is of no use any more.</summary>
    private async Task<View> MovedAsync(View? before, View after)
    {
        if (before is not null)
        {
            await storage.DeleteAsync(before.MetadataLocation, CancellationToken.None);
        }

        return after;
    }
}

using Recoup.Lakehouse.Iceberg.Views;

namespace Recoup.Lakehouse.Iceberg.Catalogs;

/// <summary>Knows the views beside the tables. A view and a table of one namespace cannot have the same name.</summary>
public interface IViewCatalog
{
    Task<IReadOnlyList<TableIdentifier>> ListViewsAsync(TableNamespace space, CancellationToken cancellation = default);

    /// <exception cref="IcebergException">There is no view of this name.</exception>
    Task<View> LoadViewAsync(TableIdentifier identifier, CancellationToken cancellation = default);

    /// <summary>Creates a view, or gives one that is there its next version; either is atomic.</summary>
    /// <exception cref="IcebergException">The name is a table's.</exception>
    Task<View> ReplaceViewAsync(TableIdentifier identifier, ViewDefinition definition, CancellationToken cancellation = default);

    Task RenameViewAsync(TableIdentifier source, TableIdentifier destination, CancellationToken cancellation = default);

    Task DropViewAsync(TableIdentifier identifier, CancellationToken cancellation = default);
}

using Recoup.Lakehouse.Iceberg;
using Recoup.Lakehouse.Iceberg.Catalogs;
using Recoup.Lakehouse.Iceberg.Views;

namespace Recoup.Lakehouse.Query.DuckDb;

/// <summary>What a statement finds in the lake: the catalog as it is, or as it was when a run began.</summary>
internal interface ILakeContents
{
    Task<IReadOnlyList<TableIdentifier>> ListTablesAsync(CancellationToken cancellation);

    Task<IReadOnlyList<TableIdentifier>> ListViewsAsync(CancellationToken cancellation);

    /// <summary>The table of exactly this name; <see langword="null"/> where there is none.</summary>
    Task<Table?> FindTableAsync(TableIdentifier identifier, CancellationToken cancellation);

    /// <summary>The view of exactly this name; <see langword="null"/> where there is none.</summary>
    Task<View?> FindViewAsync(TableIdentifier identifier, CancellationToken cancellation);
}

using System.Runtime.CompilerServices;
using Recoup.Lakehouse.Iceberg;
using Recoup.Lakehouse.Iceberg.Catalogs;

namespace Recoup.Pipeline.Monitors;

/// <summary>Every table of the lake as it is now.</summary>
internal static class LakeTables
{
    public static async IAsyncEnumerable<Table> ReadAsync(ICatalog catalog, [EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (var space in await catalog.ListNamespacesAsync(cancellation: cancellation))
        {
            foreach (var identifier in await catalog.ListTablesAsync(space, cancellation))
            {
                yield return await catalog.LoadTableAsync(identifier, cancellation);
            }
        }
    }
}

using Recoup.Lakehouse.Iceberg.Catalogs;
using Recoup.Lakehouse.Iceberg.Storage;

namespace Recoup.Lakehouse.Iceberg.Maintenance;

/// <summary>
/// Deletes files in a table's folder that no snapshot names: what crashed or refused commits left behind. The folder is listed before the table is
/// loaded, so that a file which is committed in between is known; and young files stay, because their commit may still come.
/// </summary>
public sealed class OrphanRemoval(ICatalog catalog, TimeProvider clock)
{
    /// <summary>A commit that takes longer than this from its first file on could lose it.</summary>
    public static readonly TimeSpan ShortestAge = TimeSpan.FromHours(1);

    /// <summary>Deletes the orphans that are older than <paramref name="olderThan"/>.</summary>
    /// <returns>The locations of the files that were deleted.</returns>
    /// <exception cref="IcebergException">The age is shorter than <see cref="ShortestAge"/>.</exception>
    public async Task<IReadOnlyList<string>> RemoveAsync(TableIdentifier identifier, TimeSpan olderThan, CancellationToken cancellation = default)
    {
        if (olderThan < ShortestAge)
        {
            throw IcebergException.Invalid($"Orphans of {olderThan} may be files of a commit that is under way; the age is at least {ShortestAge}.");
        }

        var cutoff = clock.GetUtcNow() - olderThan;
        var listed = await catalog.LoadTableAsync(identifier, cancellation);
        var storage = listed.Manifests.Storage;
        var old = new List<StoredFile>();
        await foreach (var file in storage.ListAsync(listed.Metadata.Location, cancellation))
        {
            if (file.ModifiedAt < cutoff)
            {
                old.Add(file);
            }
        }

        var needed = await NeededAsync(await catalog.LoadTableAsync(identifier, cancellation), cancellation);
        string[] orphans = [.. old.Select(file => file.Location).Where(location => !needed.Contains(Key(location)))];
        foreach (var location in orphans)
        {
            await storage.DeleteAsync(location, cancellation);
        }

        return orphans;
    }

    private static async Task<HashSet<string>> NeededAsync(Table table, CancellationToken cancellation)
    {
        var files = await ReachableFiles.OfAsync(table, table.Metadata.Snapshots, cancellation);
        return files.Concat(ReachableFiles.MetadataFiles(table)).Select(Key).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>Engines spell one place in several ways: <c>file:/a</c>, <c>file:///a</c> and <c>/a</c>; <c>s3a://</c> and <c>s3://</c>.</summary>
    private static string Key(string location)
    {
        var rest = location[(location.IndexOf(':', StringComparison.Ordinal) + 1)..];
        return location.StartsWith("s3", StringComparison.Ordinal) ? rest : "/" + rest.TrimStart('/');
    }
}

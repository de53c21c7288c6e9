using System.Globalization;
using Recoup.Lakehouse.Iceberg.Manifests;
using Recoup.Lakehouse.Iceberg.Metadata;

namespace Recoup.Lakehouse.Iceberg.Commits;

/// <summary>Merges small manifests of one spec into one when there are many, so that planning does not grow with the number of commits.</summary>
internal sealed class ManifestMerger(Table table, ManifestWriter writer)
{
    private const int DefaultCount = 100;
    private const long TargetLength = 8 * 1024 * 1024;

    public async Task<IReadOnlyList<ManifestFile>> MergeAsync(IReadOnlyList<ManifestFile> manifests, CancellationToken cancellation)
    {
        var result = new List<ManifestFile>();
        foreach (var group in manifests.GroupBy(manifest => (manifest.SpecId, manifest.Content)))
        {
            var small = group.Where(manifest => manifest.Length < TargetLength).ToArray();
            result.AddRange(small.Length < Count ? group : [await MergeAsync(small, cancellation), .. group.Except(small)]);
        }

        return result;
    }

    private int Count =>
        int.TryParse(table.Metadata.Properties.GetValueOrDefault(TableProperties.ManifestsToMerge), CultureInfo.InvariantCulture, out var count) && count > 1
            ? count
            : DefaultCount;

    private async Task<ManifestFile> MergeAsync(ManifestFile[] manifests, CancellationToken cancellation)
    {
        var entries = new List<ManifestEntry>();
        foreach (var manifest in manifests)
        {
            // This commit's own entries stay as they are: additions leave their numbers open, and deletions are history that this snapshot tells.
            entries.AddRange(writer.Own(manifest) ?? (await table.Manifests.EntriesAsync(table.Metadata, manifest, cancellation))
                .Where(entry => entry.IsLive)
                .Select(entry => entry with { Status = EntryStatus.Existing }));
        }

        return writer.Write(manifests[0].SpecId, manifests[0].Content, entries, cancellation);
    }
}

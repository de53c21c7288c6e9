using Recoup.Lakehouse.Iceberg.Manifests;

namespace Recoup.Lakehouse.Iceberg.Commits;

/// <summary>The manifests and manifest lists that a commit has written so far, over all its tries.</summary>
internal sealed class WrittenManifests
{
    private readonly Dictionary<string, IReadOnlyList<ManifestEntry>> entries = new(StringComparer.Ordinal);
    private readonly List<Task> writes = [];

    public IReadOnlyCollection<string> Locations => entries.Keys;

    public void Add(string location, IReadOnlyList<ManifestEntry> manifestEntries, Task write)
    {
        entries[location] = manifestEntries;
        writes.Add(write);
    }

    public IReadOnlyList<ManifestEntry>? Find(string location) => entries.GetValueOrDefault(location);

    /// <summary>Waits until everything is durable; nothing may name the files before.</summary>
    public Task FinishAsync() => Task.WhenAll(writes);

    /// <summary>Waits until no write is under way any more, however it ended, so that what is deleted then does not come back.</summary>
    public async Task SettleAsync() => await Task.WhenAll(writes).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
}

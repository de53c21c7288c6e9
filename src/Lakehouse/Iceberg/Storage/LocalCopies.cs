using System.Security.Cryptography;
using System.Text;

namespace Recoup.Lakehouse.Iceberg.Storage;

/// <summary>
/// Local copies of remote data files. They never change, so a copy is good for ever; the ones that were not used for longest go when the folder grows
/// beyond its limit. The folder can be deleted at any time while no process runs.
/// </summary>
/// <param name="folder">Where the copies are.</param>
/// <param name="limit">Bytes that the copies may take.</param>
/// <param name="clock">The wall clock.</param>
public sealed class LocalCopies(string folder, long limit, TimeProvider clock)
{
    /// <summary>A query that has just been given a path may still be about to open it.</summary>
    private static readonly TimeSpan Untouched = TimeSpan.FromMinutes(10);
    private readonly Lock eviction = new();

    public string StagingPath(string location)
    {
        Directory.CreateDirectory(folder);
        return PathOf(location) + ".staged";
    }

    public void Keep(string stagingPath, string location)
    {
        File.Move(stagingPath, PathOf(location), overwrite: true);
        Evict();
    }

    /// <summary>The path of a copy; null when there is none.</summary>
    public string? Find(string location)
    {
        var path = PathOf(location);
        if (!File.Exists(path))
        {
            return null;
        }

        File.SetLastAccessTimeUtc(path, clock.GetUtcNow().UtcDateTime);
        return path;
    }

    public async Task<string> AddAsync(string location, Stream content, CancellationToken cancellation)
    {
        Directory.CreateDirectory(folder);
        var (path, unfinished) = (PathOf(location), $"{PathOf(location)}.{Guid.NewGuid():N}");
        await using (var file = new FileStream(unfinished, FileMode.CreateNew))
        {
            await content.CopyToAsync(file, cancellation);
        }

        File.Move(unfinished, path, overwrite: true);
        Evict();
        return path;
    }

    public void Remove(string location) => File.Delete(PathOf(location));

    private string PathOf(string location) => Path.Combine(folder, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(location))));

    private void Evict()
    {
        lock (eviction)
        {
            var files = new DirectoryInfo(folder).GetFiles().OrderBy(file => file.LastAccessTimeUtc).ToArray();
            var size = files.Sum(file => file.Length);
            var recent = (clock.GetUtcNow() - Untouched).UtcDateTime;
            foreach (var file in files.TakeWhile(file => file.LastAccessTimeUtc < recent))
            {
                if (size <= limit)
                {
                    break;
                }

                size -= file.Length;
                file.Delete();
            }
        }
    }
}

namespace Recoup.Lakehouse.Iceberg.Storage;

/// <summary>Tables in local folders. A file is written beside its name, flushed, and then given the name; its folder is flushed too.</summary>
public sealed class LocalStorage(string root) : ITableStorage
{
    private const string Scheme = "file://";

    /// <summary>Files that a crash left between writing and naming end in this; no reader looks at them and orphan removal takes them.</summary>
    private const string UnfinishedSuffix = ".unfinished";

    private readonly string root = Path.GetFullPath(root).TrimEnd('/');

    /// <summary>The location of the folder that holds all tables. Nothing outside it is read or written, whatever metadata says.</summary>
    public string Warehouse => Scheme + root;

    public Task<byte[]> ReadAsync(string location, CancellationToken cancellation) => File.ReadAllBytesAsync(PathOf(location), cancellation);

    /// <summary>A flush waits for the disk, so each has a thread of the pool: files that are written together share the disk's own commits.</summary>
    public Task WriteNewAsync(string location, ReadOnlyMemory<byte> bytes, CancellationToken cancellation) => Task.Run(() =>
    {
        var path = StagingPath(location);
        var unfinished = path + UnfinishedSuffix;
        using (var file = new FileStream(unfinished, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0))
        {
            file.Write(bytes.Span);
            file.Flush(flushToDisk: true);
        }

        File.Move(unfinished, path, overwrite: false);
        FolderFlush.Flush(Path.GetDirectoryName(path)!);
    }, cancellation);

    public string StagingPath(string location)
    {
        var path = PathOf(location);
        var folder = Path.GetDirectoryName(path)!;
        if (!Directory.Exists(folder))
        {
            Directory.CreateDirectory(folder);
            FolderFlush.Flush(Path.GetDirectoryName(folder)!);
        }

        return path;
    }

    public Task PublishAsync(string stagingPath, string location, CancellationToken cancellation)
    {
        using (var file = new FileStream(stagingPath, FileMode.Open, FileAccess.ReadWrite, FileShare.Read, bufferSize: 0))
        {
            file.Flush(flushToDisk: true);
        }

        FolderFlush.Flush(Path.GetDirectoryName(stagingPath)!);
        return Task.CompletedTask;
    }

    public Task<string> LocalPathAsync(string location, CancellationToken cancellation) => Task.FromResult(PathOf(location));

    public async IAsyncEnumerable<StoredFile> ListAsync(string folder, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        var root = new DirectoryInfo(PathOf(folder));
        if (!root.Exists)
        {
            yield break;
        }

        // A file that is deleted while the folder is listed has no length any more and is left out.
        foreach (var file in root.EnumerateFiles("*", SearchOption.AllDirectories).Where(file => file.Exists))
        {
            cancellation.ThrowIfCancellationRequested();
            yield return new StoredFile(folder + file.FullName[root.FullName.Length..], file.LastWriteTimeUtc, file.Length);
        }

        await Task.CompletedTask;
    }

    public Task DeleteAsync(string location, CancellationToken cancellation)
    {
        var path = PathOf(location);
        if (File.Exists(path))
        {
            File.Delete(path);
        }

        return Task.CompletedTask;
    }

    /// <summary>The path of a location, taken literally: percent signs are part of file names.</summary>
    private string PathOf(string location)
    {
        var path = location switch
        {
            _ when location.StartsWith(Scheme, StringComparison.Ordinal) => location[Scheme.Length..],
            _ when location.StartsWith("file:/", StringComparison.Ordinal) => location["file:".Length..],
            _ => location,
        };
        return Path.IsPathRooted(path) && (Path.GetFullPath(path) + '/').StartsWith(root + '/', StringComparison.Ordinal)
            ? path
            : throw IcebergException.Invalid($"'{location}' is not inside the warehouse {Warehouse}.");
    }
}

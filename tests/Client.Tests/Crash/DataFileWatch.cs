namespace Recoup.Client.Tests.Crash;

/// <summary>Tells at once when so many files of silver and gold have been begun: the commit that the last one belongs to is then still to come.</summary>
internal sealed class DataFileWatch : IDisposable
{
    private readonly TaskCompletionSource begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly FileSystemWatcher[] watchers;
    private int left;

    /// <param name="dataFolder">Of a silo that has built both namespaces before.</param>
    /// <param name="files">How many to wait for.</param>
    public DataFileWatch(string dataFolder, int files)
    {
        left = files;
        watchers = [.. TableStandings.Namespaces.Select(space => Watch(Path.Combine(dataFolder, "warehouse", space)))];
    }

    public Task Begun => begun.Task;

    public void Dispose()
    {
        foreach (var watcher in watchers)
        {
            watcher.Dispose();
        }
    }

    private FileSystemWatcher Watch(string folder)
    {
        var watcher = new FileSystemWatcher(folder, "*.parquet") { IncludeSubdirectories = true };
        watcher.Created += (_, _) => CountDown();
        watcher.EnableRaisingEvents = true;
        return watcher;
    }

    private void CountDown()
    {
        if (Interlocked.Decrement(ref left) == 0)
        {
            begun.SetResult();
        }
    }
}

namespace Recoup.Lakehouse.Query.DuckDb;

/// <summary>
/// Keeps sandboxes between queries: one takes some 20 ms to open, and a warm one knows the footers of the files that it has read. As many queries run
/// at once as there may be sandboxes; others wait.
/// </summary>
internal sealed class SandboxPool(int sandboxesMax, int threads) : IDisposable
{
    private readonly SemaphoreSlim free = new(sandboxesMax, sandboxesMax);
    private readonly Lock gate = new();
    private readonly Stack<Sandbox> idle = new();
    private readonly HashSet<string> folders = new(StringComparer.Ordinal);
    private bool isDisposed;

    /// <summary>A sandbox for one query; give it back.</summary>
    public async Task<Sandbox> RentAsync(IReadOnlyCollection<string> readFolders, long memoryBytes, bool needsDialect, CancellationToken cancellation)
    {
        await free.WaitAsync(cancellation);
        try
        {
            return Take(readFolders, memoryBytes, needsDialect);
        }
        catch
        {
            free.Release();
            throw;
        }
    }

    public void Return(Sandbox sandbox)
    {
        lock (gate)
        {
            if (isDisposed || sandbox.IsBroken)
            {
                sandbox.Dispose();
            }
            else
            {
                idle.Push(sandbox);
            }
        }

        free.Release();
    }

    public void Dispose()
    {
        lock (gate)
        {
            isDisposed = true;
            while (idle.TryPop(out var sandbox))
            {
                sandbox.Dispose();
            }
        }
    }

    private Sandbox Take(IReadOnlyCollection<string> readFolders, long memoryBytes, bool needsDialect)
    {
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(isDisposed, this);
            folders.UnionWith(readFolders);
            if (idle.TryPop(out var sandbox))
            {
                if (sandbox.MemoryBytes == memoryBytes && sandbox.MayRead(readFolders) && (sandbox.HasDialect || !needsDialect))
                {
                    return sandbox;
                }

                // Its settings are locked: another limit, another folder or the functions of views need another sandbox.
                sandbox.Dispose();
            }

            return new Sandbox(folders, memoryBytes, threads, needsDialect);
        }
    }
}

using System.Diagnostics;

namespace Recoup.Storage.Bench;

/// <summary>What the disk can do without any database: the rate against which the storage is read.</summary>
internal static class DiskCeiling
{
    public static double FlushesPerSecond(string folder, TimeSpan duration)
    {
        var path = Path.Combine(folder, "flushes");
        var block = new byte[4096];
        var flushes = 0;
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        var watch = Stopwatch.StartNew();
        while (watch.Elapsed < duration)
        {
            file.Write(block);
            file.Flush(flushToDisk: true);
            flushes++;
        }

        return flushes / watch.Elapsed.TotalSeconds;
    }
}

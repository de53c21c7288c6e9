using System.Diagnostics;

namespace Recoup.Iceberg.Bench;

/// <summary>What the disk can do without any table format: new files of 4 KiB, each flushed.</summary>
internal static class DiskCeiling
{
    public static double MillisecondsPerFile(string folder, TimeSpan duration)
    {
        var block = new byte[4096];
        var files = 0;
        var watch = Stopwatch.StartNew();
        while (watch.Elapsed < duration)
        {
            var path = Path.Combine(folder, "flushed");
            using (var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0))
            {
                file.Write(block);
                file.Flush(flushToDisk: true);
            }

            File.Delete(path);
            files++;
        }

        return watch.Elapsed.TotalMilliseconds / files;
    }
}

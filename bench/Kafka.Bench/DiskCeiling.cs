using System.Diagnostics;

namespace Recoup.Kafka.Bench;

/// <summary>What the disk can do without any broker.</summary>
internal static class DiskCeiling
{
    /// <summary>Bytes per second, written in one go and flushed once.</summary>
    public static double SequentialWrite(string folder, long bytes)
    {
        var block = new byte[1 << 20];
        Random.Shared.NextBytes(block);
        var path = Path.Combine(folder, "sequential");
        var watch = Stopwatch.StartNew();
        using (var file = File.OpenHandle(path, FileMode.Create, FileAccess.Write))
        {
            for (long at = 0; at < bytes; at += block.Length)
            {
                RandomAccess.Write(file, block, at);
            }

            RandomAccess.FlushToDisk(file);
        }

        var elapsed = watch.Elapsed;
        File.Delete(path);
        return bytes / elapsed.TotalSeconds;
    }

    /// <summary>Milliseconds of one write of 600 bytes that is flushed, at the half of the tries.</summary>
    public static double FlushedWrite(string folder, int tries)
    {
        var path = Path.Combine(folder, "flushed");
        var times = new double[tries];
        using (var file = File.OpenHandle(path, FileMode.Create, FileAccess.Write))
        {
            var block = new byte[600];
            for (var index = 0; index < tries; index++)
            {
                var from = Stopwatch.GetTimestamp();
                RandomAccess.Write(file, block, index * 600L);
                RandomAccess.FlushToDisk(file);
                times[index] = Stopwatch.GetElapsedTime(from).TotalMilliseconds;
            }
        }

        File.Delete(path);
        return times.Order().ElementAt(tries / 2);
    }
}

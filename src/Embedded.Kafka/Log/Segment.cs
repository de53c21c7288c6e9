using System.Globalization;
using Microsoft.Win32.SafeHandles;

namespace Recoup.Embedded.Kafka.Log;

/// <summary>
/// One file of a partition: batches from a base offset on, and their index. The last segment grows, the others stay as they are.
/// The file of a removed segment is closed by its finalizer, after the last reader.
/// </summary>
internal sealed class Segment(string folder, long baseOffset)
{
    public const string Extension = ".log";

    private readonly Lock opening = new();
    private SafeFileHandle? handle;

    public long BaseOffset { get; } = baseOffset;

    public string Path { get; } = System.IO.Path.Combine(folder, baseOffset.ToString("D20", CultureInfo.InvariantCulture) + Extension);

    public string IndexPath => System.IO.Path.ChangeExtension(Path, ".index");

    public SparseIndex Index { get; set; } = new();

    /// <summary>Bytes of whole batches.</summary>
    public long Size { get; set; }

    /// <summary>The latest time of its records; -1 without records.</summary>
    public long MaxTimestamp { get; set; } = -1;

    /// <summary>When its first batch was appended, by the broker's clock in Unix milliseconds; null without.</summary>
    public long? FirstAppendedAt { get; set; }

    public SafeFileHandle Handle
    {
        get
        {
            lock (opening)
            {
                return handle ??= File.OpenHandle(Path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
            }
        }
    }

    public void Append(ReadOnlySpan<byte> batch) => RandomAccess.Write(Handle, batch, Size);

    /// <summary>Fills the buffer; fewer bytes only at the end of the file.</summary>
    public int Read(Span<byte> buffer, long position)
    {
        var done = 0;
        while (done < buffer.Length)
        {
            var read = RandomAccess.Read(Handle, buffer[done..], position + done);
            if (read == 0)
            {
                break;
            }

            done += read;
        }

        return done;
    }

    public void Sync() => RandomAccess.FlushToDisk(Handle);

    public void Truncate(long size)
    {
        RandomAccess.SetLength(Handle, size);
        RandomAccess.FlushToDisk(Handle);
        Size = size;
    }

    public void Close()
    {
        lock (opening)
        {
            handle?.Dispose();
            handle = null;
        }
    }

    public void Delete()
    {
        File.Delete(IndexPath);
        File.Delete(Path);
    }

    /// <summary>The segments of a folder in order.</summary>
    public static List<Segment> Find(string folder) =>
        !Directory.Exists(folder)
            ? []
            : [.. Directory.EnumerateFiles(folder, "*" + Extension)
                .Select(System.IO.Path.GetFileNameWithoutExtension)
                .Select(name => long.Parse(name!, CultureInfo.InvariantCulture))
                .Order()
                .Select(offset => new Segment(folder, offset) { Size = new FileInfo(System.IO.Path.Combine(folder, offset.ToString("D20", CultureInfo.InvariantCulture) + Extension)).Length })];
}

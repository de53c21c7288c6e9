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

    private const int NameLength = 20;

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

    /// <summary>The file, which must be there: opening one that retention took meanwhile must not bring it back empty.</summary>
    private SafeFileHandle Handle
    {
        get
        {
            lock (opening)
            {
                return handle ??= Open(FileMode.Open);
            }
        }
    }

    /// <summary>Makes the file of a new segment.</summary>
    public void Create()
    {
        lock (opening)
        {
            handle = Open(FileMode.CreateNew);
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

    /// <summary>Deletes the files; on the disk too when this returns, so that no later segment can go before this one.</summary>
    public void Delete()
    {
        File.Delete(Path);
        File.Delete(IndexPath);
        DurableFile.SyncFolder(folder);
    }

    /// <summary>The segments of a folder in order.</summary>
    public static List<Segment> Find(string folder) =>
        !Directory.Exists(folder)
            ? []
            : [.. Directory.EnumerateFiles(folder, "*" + Extension)
                .Select(System.IO.Path.GetFileNameWithoutExtension)
                .Where(name => name!.Length == NameLength && name.All(char.IsAsciiDigit))
                .Select(name => long.Parse(name!, CultureInfo.InvariantCulture))
                .Order()
                .Select(offset => new Segment(folder, offset) { Size = new FileInfo(System.IO.Path.Combine(folder, offset.ToString("D20", CultureInfo.InvariantCulture) + Extension)).Length })];

    private SafeFileHandle Open(FileMode mode) => File.OpenHandle(Path, mode, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
}

using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Recoup.Embedded.Kafka.Records;

namespace Recoup.Embedded.Kafka.Log;

/// <summary>Small files that are replaced as a whole: either the old content is there after a crash, or the new.</summary>
internal static partial class DurableFile
{
    private const int ChecksumSize = 4;

    /// <summary>Writes the content with a checksum before it, to the disk before the file gets its name.</summary>
    public static void Replace(string path, ReadOnlySpan<byte> content)
    {
        Span<byte> checksum = stackalloc byte[ChecksumSize];
        BinaryPrimitives.WriteUInt32BigEndian(checksum, Crc32C.Of(content));
        var temporary = path + ".new";
        using (var handle = File.OpenHandle(temporary, FileMode.Create, FileAccess.Write))
        {
            RandomAccess.Write(handle, checksum, 0);
            RandomAccess.Write(handle, content, ChecksumSize);
            RandomAccess.FlushToDisk(handle);
        }

        File.Move(temporary, path, overwrite: true);
        SyncFolder(Path.GetDirectoryName(path)!);
    }

    /// <summary>The content; null when the file is missing or was not written whole.</summary>
    public static byte[]? TryRead(string path)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        var all = File.ReadAllBytes(path);
        return all.Length >= ChecksumSize && BinaryPrimitives.ReadUInt32BigEndian(all) == Crc32C.Of(all.AsSpan(ChecksumSize)) ? all[ChecksumSize..] : null;
    }

    /// <summary>Makes names in a folder durable: new, renamed or deleted files.</summary>
    public static void SyncFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            return; // A folder cannot be flushed there; NTFS journals names itself.
        }

        // .NET opens no folders.
        var descriptor = Open(folder, 0);
        try
        {
            if (descriptor < 0 || Sync(descriptor) != 0)
            {
                throw new IOException($"{folder} could not be brought to the disk: error {Marshal.GetLastPInvokeError()}.");
            }
        }
        finally
        {
            _ = Close(descriptor);
        }
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Sync(int descriptor);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);
}

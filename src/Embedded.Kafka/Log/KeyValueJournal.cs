using System.Buffers.Binary;
using System.Text;
using Microsoft.Win32.SafeHandles;
using Recoup.Embedded.Kafka.Records;

namespace Recoup.Embedded.Kafka.Log;

/// <summary>
/// A small durable table: changes are appended to one file, which is written anew when most of it is outdated. A change is in memory at
/// once; whoever answers on it waits for <see cref="DurableAsync"/> first.
/// </summary>
internal sealed partial class KeyValueJournal : ICommitTarget
{
    private const int EntryHeader = 8;
    private const long SmallestToRewrite = 4L << 20;

    private readonly Lock gate = new();
    private readonly Dictionary<string, byte[]> live = new(StringComparer.Ordinal);
    private readonly GroupCommit commits;
    private readonly ILogger logger;
    private readonly string path;
    private SafeFileHandle handle;
    private long size;
    private long liveSize;
    private volatile bool isFailed;
    private bool isClean = true;

    public KeyValueJournal(string path, GroupCommit commits, ILogger logger)
    {
        (this.path, this.commits, this.logger) = (path, commits, logger);
        handle = Open(path);
        Load();
        DurableFile.SyncFolder(Path.GetDirectoryName(path)!);
    }

    /// <summary>What the table holds; to be read before it is changed.</summary>
    public IReadOnlyDictionary<string, byte[]> Live => live;

    public void Put(string key, byte[] value) => Write(key, value);

    public void Remove(string key) => Write(key, null);

    /// <summary>Ends when everything changed so far is on the disk.</summary>
    /// <exception cref="IOException">The file could not be written.</exception>
    public async Task DurableAsync()
    {
        var durable = Task.CompletedTask;
        lock (gate)
        {
            if (!isClean)
            {
                durable = commits.Enlist(this);
            }
        }

        await durable;
        if (isFailed)
        {
            throw new IOException($"{path} could not be written.");
        }
    }

    public void Commit()
    {
        try
        {
            SafeFileHandle current;
            lock (gate)
            {
                if (isFailed)
                {
                    return;
                }

                if (size > SmallestToRewrite && size > 4 * liveSize)
                {
                    Rewrite();
                }

                isClean = true;
                current = handle;
            }

            RandomAccess.FlushToDisk(current);
        }
        catch (Exception failure)
        {
            // Whatever it is: nobody may be told that the commit is safe.
            isFailed = true;
            LogFailed(failure, path);
        }
    }

    public void Close()
    {
        Commit();
        handle.Dispose();
    }

    private static SafeFileHandle Open(string path) => File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);

    private void Write(string key, byte[]? value)
    {
        var entry = Encode(key, value);
        lock (gate)
        {
            if (value is null && !live.ContainsKey(key))
            {
                return;
            }

            isClean = false;
            Apply(key, value);
            try
            {
                RandomAccess.Write(handle, entry, size);
                size += entry.Length;
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                isFailed = true;
                LogFailed(failure, path);
            }
        }
    }

    private void Apply(string key, byte[]? value)
    {
        if (live.Remove(key, out var old))
        {
            liveSize -= SizeOf(key, old);
        }

        if (value is not null)
        {
            live[key] = value;
            liveSize += SizeOf(key, value);
        }
    }

    private static int SizeOf(string key, byte[]? value) => EntryHeader + sizeof(int) + Encoding.UTF8.GetByteCount(key) + (value?.Length ?? 0);

    /// <summary>Length, checksum, then the key with its length (negative for a removal) and the value.</summary>
    private static byte[] Encode(string key, byte[]? value)
    {
        var entry = new byte[SizeOf(key, value)];
        var keySize = Encoding.UTF8.GetBytes(key, entry.AsSpan(EntryHeader + sizeof(int)));
        BinaryPrimitives.WriteInt32BigEndian(entry.AsSpan(EntryHeader), value is null ? -keySize : keySize);
        value?.CopyTo(entry, EntryHeader + sizeof(int) + keySize);
        BinaryPrimitives.WriteInt32BigEndian(entry, entry.Length - EntryHeader);
        BinaryPrimitives.WriteUInt32BigEndian(entry.AsSpan(4), Crc32C.Of(entry.AsSpan(EntryHeader)));
        return entry;
    }

    /// <summary>Reads what is whole; the rest was never acknowledged and is cut off.</summary>
    private void Load()
    {
        var all = File.ReadAllBytes(path).AsSpan();
        var at = 0;
        while (all.Length - at > EntryHeader + sizeof(int))
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(all[at..]);
            if (length < sizeof(int) || length > all.Length - at - EntryHeader)
            {
                break;
            }

            var content = all.Slice(at + EntryHeader, length);
            if (BinaryPrimitives.ReadUInt32BigEndian(all[(at + 4)..]) != Crc32C.Of(content))
            {
                break;
            }

            var keySize = BinaryPrimitives.ReadInt32BigEndian(content);
            var key = Encoding.UTF8.GetString(content.Slice(sizeof(int), Math.Abs(keySize)));
            Apply(key, keySize < 0 ? null : content[(sizeof(int) + keySize)..].ToArray());
            at += EntryHeader + length;
        }

        size = at;
        RandomAccess.SetLength(handle, size);
        RandomAccess.FlushToDisk(handle);
    }

    private void Rewrite()
    {
        var temporary = path + ".new";
        var fresh = File.OpenHandle(temporary, FileMode.Create, FileAccess.ReadWrite, FileShare.Read);
        long written = 0;
        foreach (var (key, value) in live)
        {
            var entry = Encode(key, value);
            RandomAccess.Write(fresh, entry, written);
            written += entry.Length;
        }

        RandomAccess.FlushToDisk(fresh);
        File.Move(temporary, path, overwrite: true);
        DurableFile.SyncFolder(Path.GetDirectoryName(path)!);
        handle.Dispose();
        (handle, size) = (fresh, written);
    }

    [LoggerMessage(10, LogLevel.Critical, "{Path} could not be written; groups and commits are refused until the broker is started again.")]
    private partial void LogFailed(Exception failure, string path);
}

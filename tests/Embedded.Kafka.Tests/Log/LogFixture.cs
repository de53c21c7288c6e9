using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Recoup.Embedded.Kafka.Log;
using Recoup.Embedded.Kafka.Protocol;
using Recoup.Embedded.Kafka.Records;

namespace Recoup.Embedded.Kafka.Tests.Log;

/// <summary>A partition in a temporary folder that can be opened again as after a crash.</summary>
internal sealed class LogFixture : IDisposable
{
    private readonly TemporaryFolder temporary = new();
    private readonly GroupCommit commits = new();

    public LogFixture(LogSettings? settings = null)
    {
        Settings = settings ?? LogSettings.Default;
        Log = Open();
    }

    public LogSettings Settings { get; }

    public FakeTimeProvider Clock { get; } = new(DateTimeOffset.FromUnixTimeMilliseconds(1_000));

    public PartitionLog Log { get; private set; }

    public string Folder => temporary.File("topic/0");

    public string[] Segments => [.. Directory.GetFiles(Folder, "*.log").Order(StringComparer.Ordinal)];

    /// <summary>Appends and waits for the disk; gives back the first offset.</summary>
    public async Task<long> AppendAsync(byte[] batch)
    {
        var outcome = Log.Append(batch);
        Assert.AreEqual(ErrorCode.None, outcome.Error);
        await outcome.Durable!;
        return outcome.BaseOffset;
    }

    public ErrorCode ErrorOf(byte[] batch) => Log.Append(batch).Error;

    /// <summary>Ends when everything written is on the disk.</summary>
    public Task SettleAsync() => commits.Enlist(Log);

    /// <summary>Nothing reaches the disk until the hold is given up.</summary>
    public IDisposable HoldDisk()
    {
        var hold = new Hold();
        commits.Enlist(hold);
        hold.Begun.Wait();
        return hold;
    }

    /// <summary>Opens the same files with a new log, as after SIGKILL: nothing was closed.</summary>
    public PartitionLog Reopen() => Log = Open();

    /// <summary>Reads everything, batch by batch; fails when an offset is missing or a checksum wrong.</summary>
    public List<long> BaseOffsets()
    {
        var offsets = new List<long>();
        for (var at = Log.StartOffset; at < Log.EndOffset;)
        {
            var slice = Log.Locate(at, 1 << 20, mayExceed: true);
            var bytes = new byte[slice.Length];
            Assert.AreEqual(slice.Length, slice.Segment!.Read(bytes, slice.Position));
            foreach (var (offset, next) in Parse(bytes))
            {
                Assert.AreEqual(at, offset);
                offsets.Add(offset);
                at = next;
            }
        }

        return offsets;
    }

    public void Dispose()
    {
        commits.Dispose();
        Log.Close();
        temporary.Dispose();
    }

    private PartitionLog Open() => new(Folder, Settings, commits, Clock, NullLogger.Instance);

    private static List<(long Offset, long Next)> Parse(byte[] bytes)
    {
        var found = new List<(long, long)>();
        for (var at = 0; at + RecordBatch.HeaderSize <= bytes.Length;)
        {
            var size = (int)new RecordBatch(bytes.AsSpan(at)).Size;
            if (at + size > bytes.Length)
            {
                break;
            }

            var batch = new RecordBatch(bytes.AsSpan(at, size));
            Assert.IsTrue(batch.IsIntact);
            found.Add((batch.BaseOffset, batch.BaseOffset + batch.LastOffsetDelta + 1));
            at += size;
        }

        return found;
    }

    private sealed class Hold : ICommitTarget, IDisposable
    {
        private readonly ManualResetEventSlim over = new();

        public ManualResetEventSlim Begun { get; } = new();

        public void Commit()
        {
            Begun.Set();
            over.Wait();
        }

        public void Dispose() => over.Set();
    }
}

using System.Threading.Channels;

namespace Recoup.Streaming.Kafka.Tests.Clusters;

/// <summary>What subscribers were given, in the order in which they were. Silos of a test run in this process, so one journal serves them all.</summary>
internal sealed class Journal
{
    private static readonly Dictionary<string, Journal> Open = new(StringComparer.Ordinal);
    private readonly Channel<Entry> entries = Channel.CreateUnbounded<Entry>();

    /// <summary>Called for each delivery before it is noted; a test lets it wait or throw.</summary>
    public Func<Entry, Task> OnDelivery { get; set; } = static _ => Task.CompletedTask;

    /// <summary>Streams of this journal have keys that begin with its name.</summary>
    public string Name { get; } = $"j{Guid.NewGuid():N}";

    public static Journal Create()
    {
        var journal = new Journal();
        lock (Open)
        {
            Open[journal.Name] = journal;
        }

        return journal;
    }

    public static async Task NoteAsync(string streamKey, string text, long offset)
    {
        Journal? journal;
        lock (Open)
        {
            Open.TryGetValue(streamKey.Split('/')[0], out journal);
        }

        if (journal is not null)
        {
            var entry = new Entry(streamKey.Split('/').Last(), text, offset);
            await journal.OnDelivery(entry);
            journal.entries.Writer.TryWrite(entry);
        }
    }

    /// <summary>A key of this journal.</summary>
    public string Key(string key) => $"{Name}/{key}";

    /// <summary>The next deliveries; fails when they do not come within 30 s.</summary>
    public async Task<List<Entry>> TakeAsync(int count)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var taken = new List<Entry>();
        while (taken.Count < count)
        {
            try
            {
                taken.Add(await entries.Reader.ReadAsync(limit.Token));
            }
            catch (OperationCanceledException)
            {
                Assert.Fail($"{taken.Count} of {count} deliveries came: {string.Join(", ", taken)}");
            }
        }

        return taken;
    }

    public int Waiting => entries.Reader.Count;

    internal sealed record Entry(string Key, string Text, long Offset);
}

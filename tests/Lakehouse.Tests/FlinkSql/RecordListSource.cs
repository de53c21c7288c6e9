using Recoup.Lakehouse.FlinkSql.Running;

namespace Recoup.Lakehouse.Tests.FlinkSql;

/// <summary>A topic in memory.</summary>
internal sealed class RecordListSource(IReadOnlyList<SourceRecord> topic) : IRecordSource
{
    private readonly Queue<SourceRecord> ahead = new();

    public long Lag => ahead.Count;

    /// <summary>What happens elsewhere before records are read.</summary>
    public Action BeforeRead { get; set; } = () => { };

    public void Assign(IReadOnlyDictionary<int, long> offsets)
    {
        ahead.Clear();
        foreach (var record in topic.Where(record => record.Offset >= offsets.GetValueOrDefault(record.Partition)))
        {
            ahead.Enqueue(record);
        }
    }

    public IReadOnlyList<SourceRecord> Read(int most, TimeSpan longest, CancellationToken cancellation)
    {
        BeforeRead();
        var records = new List<SourceRecord>();
        while (records.Count < most && ahead.TryDequeue(out var record))
        {
            records.Add(record);
        }

        return records;
    }

    public void Dispose() => ahead.Clear();
}

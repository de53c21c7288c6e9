namespace Recoup.Lakehouse.FlinkSql.Running;

/// <summary>Where records come from: a topic's partitions, each read in the order of its offsets.</summary>
public interface IRecordSource : IDisposable
{
    /// <summary>Goes on from these offsets; a partition that is not among them from its earliest record.</summary>
    void Assign(IReadOnlyDictionary<int, long> offsets);

    /// <summary>The next records, in the order of each partition: as many as are there, at least one unless the time is over.</summary>
    /// <param name="most">No more records than these.</param>
    /// <param name="longest">How long to wait for the first and for more.</param>
    /// <exception cref="RecordSourceException">Records are gone, or the topic is not readable.</exception>
    IReadOnlyList<SourceRecord> Read(int most, TimeSpan longest, CancellationToken cancellation);

    /// <summary>How many records wait behind the last one read, as far as it is known.</summary>
    long Lag { get; }
}

/// <summary>The records that the table has not seen cannot be read: reading on would leave a hole.</summary>
public sealed class RecordSourceException(string message, Exception? inner = null) : Exception(message, inner);

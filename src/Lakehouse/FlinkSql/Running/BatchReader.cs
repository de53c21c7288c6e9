namespace Recoup.Lakehouse.FlinkSql.Running;

/// <summary>Fills batches from a source. A batch is full by its rows, or by the age of its first record.</summary>
internal sealed class BatchReader(IRecordSource source, ScriptRunnerOptions options, TimeProvider time)
{
    private static readonly TimeSpan IdleWait = TimeSpan.FromMilliseconds(500);

    /// <returns>Empty when nothing came in time.</returns>
    public IReadOnlyList<SourceRecord> Fill(CancellationToken cancellation)
    {
        var records = new List<SourceRecord>(source.Read(options.RowsMax, IdleWait, cancellation));
        var began = time.GetTimestamp();
        while (records.Count > 0 && records.Count < options.RowsMax)
        {
            var left = options.AgeMax - time.GetElapsedTime(began);
            if (left <= TimeSpan.Zero)
            {
                break;
            }

            records.AddRange(source.Read(options.RowsMax - records.Count, left, cancellation));
        }

        return records;
    }
}

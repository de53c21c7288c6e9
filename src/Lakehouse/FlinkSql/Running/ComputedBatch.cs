namespace Recoup.Lakehouse.FlinkSql.Running;

/// <summary>A batch that is computed: parts to commit one after another.</summary>
/// <param name="Filled">When its last record was read, as a timestamp of the clock.</param>
internal sealed record ComputedBatch(long Filled, IReadOnlyList<StagedPart> Parts);

/// <summary>Records whose rows are written and wait for their commit.</summary>
/// <param name="Behind">For each of their partitions the offset behind the last record.</param>
internal sealed record StagedPart(int Count, IReadOnlyDictionary<int, long> Behind, IStagedBatch Rows)
{
    public static StagedPart Of(IReadOnlyList<SourceRecord> records, IStagedBatch rows)
    {
        var behind = new Dictionary<int, long>();
        foreach (var record in records)
        {
            behind[record.Partition] = record.Offset + 1;
        }

        return new StagedPart(records.Count, behind, rows);
    }
}

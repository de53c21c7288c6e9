using Recoup.Lakehouse.Iceberg;
using Recoup.Lakehouse.Iceberg.Catalogs;
using Recoup.Lakehouse.Iceberg.Commits;
using Recoup.Lakehouse.Iceberg.Manifests;
using Recoup.Lakehouse.Iceberg.Writes;

namespace Recoup.Lakehouse.FlinkSql.Backfilling;

/// <summary>
/// Takes the rows of ranges out of tables and puts others in their place, in one transaction: files that hold some are written again without them.
/// </summary>
internal sealed class RangeReplacement(ICatalog catalog, TimeProvider time, IReadOnlyList<Table> tables)
{
    private readonly List<(Table Table, DataFile File)> written = [];

    /// <exception cref="IcebergException">Others changed the same files; nothing was changed, and what was written is deleted.</exception>
    public async Task<IReadOnlyList<BackfilledTable>> CommitAsync(IReadOnlyList<OffsetRange> ranges, RangeRows rows, string counter, CancellationToken cancellation)
    {
        try
        {
            var transaction = new LakeTransaction(catalog, time);
            var done = new List<BackfilledTable>();
            for (var insert = 0; insert < tables.Count; insert++)
            {
                done.Add(await ChangeAsync(transaction, insert, ranges, rows, counter, cancellation));
            }

            await transaction.CommitAsync(cancellation);
            return done;
        }
        catch (Exception refusal) when (refusal is BackfillException or IcebergException { Failure: not IcebergFailure.CommitStateUnknown })
        {
            // Only a refusal says for sure that no table needs them; what a kill leaves is orphan removal's.
            foreach (var (table, file) in written)
            {
                await table.Manifests.Storage.DeleteAsync(file.FilePath, CancellationToken.None);
            }

            throw;
        }
    }

    private async Task<BackfilledTable> ChangeAsync(
        LakeTransaction transaction, int insert, IReadOnlyList<OffsetRange> ranges, RangeRows rows, string counter, CancellationToken cancellation)
    {
        var table = tables[insert];
        var old = await TableRange.FindAsync(table, rows.Connection, ranges, cancellation);
        if (old.CountWithout(RangeRows.Records) is > 0 and var lost)
        {
            throw new BackfillException($"{table.Identifier} holds rows of the range ({lost}) whose records Kafka does not give any more: they would be lost. Nothing was changed.");
        }

        var added = await KeepAsync(table, old.WriteOthersAsync(cancellation));
        var fresh = await KeepAsync(table, DataFileWriter.WriteAsync(table, rows.Connection, RangeRows.Of(insert), cancellation));
        var count = SourceOffsets.Of(table.Metadata)[counter, 0];
        var (from, to) = (count is { } before ? SourceOffsets.None.With(counter, 0, before) : SourceOffsets.None, SourceOffsets.None.With(counter, 0, (count ?? 0) + 1));
        transaction.For(table).Rewrite(old.Files, [.. added, .. fresh]).AdvanceOffsets(from, to);
        return new BackfilledTable(table.Identifier.ToString(), old.Count(), rows.CountOf(insert));
    }

    private async Task<IReadOnlyList<DataFile>> KeepAsync(Table table, Task<IReadOnlyList<DataFile>> writing)
    {
        var files = await writing;
        written.AddRange(files.Select(file => (table, file)));
        return files;
    }
}

using DuckDB.NET.Data;
using Recoup.Lakehouse.Iceberg.Catalogs;
using Recoup.Lakehouse.Iceberg.Commits;
using Recoup.Lakehouse.Iceberg.Manifests;
using Recoup.Lakehouse.Iceberg.Scans;
using Recoup.Lakehouse.Iceberg.Writes;

namespace Recoup.Lakehouse.Iceberg.Maintenance;

/// <summary>
/// Rewrites small files of a partition into larger ones, and files with position deletes without the deleted rows. Appends go on meanwhile; when rows
/// are deleted meanwhile, the rewrite is dropped and made again.
/// </summary>
public sealed class Compaction(ICatalog catalog, TimeProvider clock)
{
    private const int Attempts = 3;

    /// <summary>Compacts what is worth it.</summary>
    /// <param name="identifier">The table.</param>
    /// <param name="connection">A connection of DuckDB whose session is in UTC.</param>
    /// <param name="options">When files are worth rewriting.</param>
    /// <param name="cancellation">Stops between files; what was written is deleted.</param>
    public async Task<CompactedFiles> CompactAsync(
        TableIdentifier identifier, DuckDBConnection connection, CompactionOptions options, CancellationToken cancellation = default)
    {
        for (var attempt = 1; ; attempt++)
        {
            var table = await catalog.LoadTableAsync(identifier, cancellation);
            var tasks = await table.Scan().PlanAsync(cancellation);
            var bins = tasks.GroupBy(task => PartitionKey.Of(task.File)).SelectMany(group => Bins([.. group], options)).ToArray();
            if (bins.Length is 0)
            {
                return new CompactedFiles(0, 0, 0);
            }

            try
            {
                return await RewriteAsync(table, tasks, bins, connection, cancellation);
            }
            catch (IcebergException conflict) when (conflict.Failure is IcebergFailure.CommitConflict && attempt < Attempts)
            {
                // Somebody deleted rows or files of the old files: the next attempt starts from what they left.
            }
        }
    }

    /// <summary>Groups the files of a partition that are worth rewriting, each group for one new file.</summary>
    private static IEnumerable<IReadOnlyList<FileTask>> Bins(IReadOnlyList<FileTask> partition, CompactionOptions options)
    {
        var merged = SizeTiers.Of([.. partition.Where(task => task.File.FileSizeInBytes < options.SmallFileSize)])
            .Where(tier => tier.Count >= options.MinInputFiles).SelectMany(tier => tier).ToHashSet();
        var bins = new List<IReadOnlyList<FileTask>>();
        var bin = new List<FileTask>();
        var size = 0L;
        foreach (var task in partition.Where(task => task.Deletes.Count > 0 || merged.Contains(task)).OrderBy(task => task.Entry.SequenceNumber))
        {
            if (bin.Count > 0 && size + task.File.FileSizeInBytes > options.TargetFileSize)
            {
                bins.Add(bin);
                (bin, size) = ([], 0);
            }

            bin.Add(task);
            size += task.File.FileSizeInBytes;
        }

        // A file alone is rewritten only to be rid of its deletes.
        return bins.Append(bin).Where(files => files.Count > 1 || files.Any(task => task.Deletes.Count > 0));
    }

    private async Task<CompactedFiles> RewriteAsync(
        Table table, IReadOnlyList<FileTask> all, IReadOnlyList<IReadOnlyList<FileTask>> bins, DuckDBConnection connection, CancellationToken cancellation)
    {
        var added = new List<DataFile>();
        try
        {
            foreach (var bin in bins)
            {
                var rows = await table.Scan().ToSqlAsync(connection, bin, cancellation);
                added.AddRange(await DataFileWriter.WriteAsync(table, connection, rows, cancellation));
            }

            var removed = bins.SelectMany(bin => bin.Select(task => task.File)).ToArray();
            var dangling = await DanglingDeletes.FindAsync(table, connection, all, [.. removed.Select(file => file.FilePath)], cancellation);
            var transaction = new LakeTransaction(catalog, clock);
            transaction.For(table).Replace(removed.Concat(dangling), added);
            await transaction.CommitAsync(cancellation);
            return new CompactedFiles(removed.Length, added.Count, dangling.Count);
        }
        catch (IcebergException refusal) when (refusal.Failure is not IcebergFailure.CommitStateUnknown)
        {
            // Only a refusal says for sure that the table does not need them; after anything else orphan removal decides.
            foreach (var file in added)
            {
                await table.Manifests.Storage.DeleteAsync(file.FilePath, CancellationToken.None);
            }

            throw;
        }
    }
}

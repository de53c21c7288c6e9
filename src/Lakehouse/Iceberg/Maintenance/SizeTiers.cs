using Recoup.Lakehouse.Iceberg.Scans;

namespace Recoup.Lakehouse.Iceberg.Maintenance;

/// <summary>
/// Puts files of like size together. A file belongs to the smaller ones once these weigh half as much as it does: so a row is written again each time
/// its file has grown by half, and not in every round.
/// </summary>
internal static class SizeTiers
{
    public static IReadOnlyList<IReadOnlyList<FileTask>> Of(IReadOnlyList<FileTask> files)
    {
        var tiers = new List<List<FileTask>>();
        var weight = 0L;
        foreach (var file in files.OrderBy(task => task.File.FileSizeInBytes))
        {
            if (tiers.Count is 0 || file.File.FileSizeInBytes > weight * 2)
            {
                tiers.Add([]);
                weight = 0;
            }

            tiers[^1].Add(file);
            weight += file.File.FileSizeInBytes;
        }

        return tiers;
    }
}

using System.Globalization;

namespace Recoup.Lakehouse.FlinkSql.Backfilling;

/// <summary>Records of one partition.</summary>
/// <param name="Partition">The partition.</param>
/// <param name="From">The first offset.</param>
/// <param name="To">The offset behind the last.</param>
public sealed record OffsetRange(int Partition, long From, long To)
{
    public long Count => To - From;

    /// <summary>The first records of a list of ranges, at most so many, and the ranges that are left.</summary>
    public static (IReadOnlyList<OffsetRange> Taken, IReadOnlyList<OffsetRange> Left) Split(IReadOnlyList<OffsetRange> ranges, long most)
    {
        ArgumentNullException.ThrowIfNull(ranges);
        var (taken, left) = (new List<OffsetRange>(), new List<OffsetRange>());
        foreach (var range in ranges.Where(range => range.Count > 0))
        {
            var count = Math.Min(range.Count, most - taken.Sum(part => part.Count));
            if (count > 0)
            {
                taken.Add(range with { To = range.From + count });
            }

            if (count < range.Count)
            {
                left.Add(range with { From = range.From + Math.Max(0, count) });
            }
        }

        return (taken, left);
    }

    /// <summary>The condition that a row came from one of the ranges.</summary>
    internal static string Condition(IReadOnlyList<OffsetRange> ranges, string partition, string offset) => string.Join(" OR ", ranges.Select(range =>
        string.Create(CultureInfo.InvariantCulture, $"({partition} = {range.Partition} AND {offset} >= {range.From} AND {offset} < {range.To})")));

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Partition}: {From} to {To - 1}");
}

using System.Globalization;
using Recoup.Lakehouse.Dbt.Warehouses;

namespace Recoup.Lakehouse.Dbt.Running;

/// <summary>Compares the rows of a unit test without regard to their order. Pure.</summary>
internal static class UnitTestDifference
{
    /// <param name="rows">Rows whose last cell says <c>actual</c> or <c>expected</c>.</param>
    /// <returns>What differs, for people; <see langword="null"/> when nothing does.</returns>
    public static string? Of(WarehouseRows rows)
    {
        var (actual, expected) = (Texts(rows, "actual"), Texts(rows, "expected"));
        var (more, missing) = (Without(actual, expected), Without(expected, actual));
        return more.Count + missing.Count == 0 ? null : string.Join('\n', [
            "", "actual differs from expected:", "", $"    {string.Join(" | ", rows.Columns.SkipLast(1).Select(column => column.Name))}",
            .. more.Select(row => $"+++ {row}"), .. missing.Select(row => $"--- {row}"), "",
        ]);
    }

    private static List<string> Texts(WarehouseRows rows, string which) =>
        [.. rows.Rows.Where(row => row[^1] as string == which).Select(row => string.Join(" | ", row.SkipLast(1).Select(Text)))];

    private static string Text(object? cell) => cell is null ? "NULL" : Convert.ToString(cell, CultureInfo.InvariantCulture)!;

    /// <summary>As sets with repetition: a row taken once stands for one row.</summary>
    private static List<string> Without(List<string> rows, List<string> others)
    {
        var left = others.GroupBy(row => row, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.Count(), StringComparer.Ordinal);
        return [.. rows.Where(row => !left.TryGetValue(row, out var count) || (left[row] = count - 1) < 0)];
    }
}

namespace Recoup.Lakehouse.Dbt.Warehouses.Seeds;

/// <summary>Reads a seed file as dbt does, which has agate find each column's type.</summary>
internal static class SeedReader
{
    private const char ByteOrderMark = '\uFEFF';

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file, in UTF-8.</param>
    /// <param name="delimiter">dbt's <c>delimiter</c>.</param>
    /// <param name="textColumns">Columns whose cells are not interpreted: those of <c>column_types</c>.</param>
    /// <exception cref="WarehouseException">A row has more cells than the header.</exception>
    public static SeedTable Read(string path, char delimiter, IReadOnlyCollection<string> textColumns)
    {
        var rows = new Csv(File.ReadAllText(path).TrimStart(ByteOrderMark), delimiter).Rows().ToList();
        var names = rows.Count > 0 ? Names(rows[0]) : [];
        var cells = rows.Skip(1).Select((row, index) => Padded(row, names.Count, index)).ToList();
        var columns = names.Select((name, index) => new SeedColumn(
            name, textColumns.Contains(name) ? SeedType.Text : SeedTypes.Infer(cells.Select(row => row[index])))).ToArray();
        return new SeedTable(columns, [.. cells.Select(row => Read(row, columns))], path, delimiter);
    }

    private static string?[] Read(string?[] row, SeedColumn[] columns) =>
        [.. row.Zip(columns, (cell, column) => cell is null ? null : SeedTypes.Read(column.Type, cell))];

    /// <summary>Columns without a name are called by letters, and a name that comes again has a number behind it.</summary>
    private static List<string> Names(IReadOnlyList<string> header)
    {
        var names = new List<string>();
        foreach (var (cell, index) in header.Select((cell, index) => (cell, index)))
        {
            var name = cell.Length > 0 ? cell : Letters(index);
            var number = 2;
            var free = name;
            while (names.Contains(free))
            {
                free = $"{name}_{number++}";
            }

            names.Add(free);
        }

        return names;
    }

    private static string Letters(int index) => new((char)('a' + (index % 26)), (index / 26) + 1);

    private static string?[] Padded(IReadOnlyList<string> row, int width, int index) => row.Count <= width
        ? [.. row, .. Enumerable.Repeat<string?>(null, width - row.Count)]
        : throw new WarehouseException($"Row {index} has {row.Count} values, but Table only has {width} columns.");
}

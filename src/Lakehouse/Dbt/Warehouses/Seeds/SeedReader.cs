namespace Recoup.Lakehouse.Dbt.Warehouses.Seeds;

/// <summary>Reads a seed file as dbt does, which has agate find each column's type.</summary>
internal static class SeedReader
{
    /// <param name="csv">The file's text.</param>
    /// <param name="delimiter">dbt's <c>delimiter</c>.</param>
    /// <param name="textColumns">Columns whose cells are not interpreted: those of <c>column_types</c>.</param>
    /// <exception cref="WarehouseException">The file cannot be read; with the line.</exception>
    public static SeedTable Read(string csv, char delimiter, IReadOnlyCollection<string> textColumns) =>
        throw new WarehouseException("Seeds are not read yet.");
}

using System.Globalization;
using System.Text.RegularExpressions;
using DuckDB.NET.Data;

namespace Recoup.Lakehouse.Dbt.Warehouses.DuckDb;

/// <summary>Makes DuckDB's errors the warehouse's.</summary>
internal static partial class DuckDbFailure
{
    /// <summary>The message as DuckDB has it. Statements are wrapped so that the lines of a model's SQL keep their numbers.</summary>
    public static WarehouseException Of(DuckDBException failed)
    {
        var line = LinePattern().Match(failed.Message);
        return new WarehouseException(failed.Message, line.Success ? int.Parse(line.Groups["line"].Value, CultureInfo.InvariantCulture) : null, inner: failed);
    }

    [GeneratedRegex(@"\nLINE (?<line>\d+): ", RegexOptions.CultureInvariant)]
    private static partial Regex LinePattern();
}

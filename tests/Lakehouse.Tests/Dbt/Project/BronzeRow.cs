using System.Globalization;
using Recoup.Lakehouse.Iceberg.Schemas;
using Recoup.Lakehouse.Iceberg.Values;

namespace Recoup.Lakehouse.Tests.Dbt.Project;

/// <summary>One row for a table of bronze, which is named without its namespace. Columns that are not named are null.</summary>
internal sealed record BronzeRow(string Table, IReadOnlyDictionary<string, object?> Values)
{
    public BronzeRow With(params (string Column, object? Value)[] changes)
    {
        var values = new Dictionary<string, object?>(Values);
        foreach (var (column, value) in changes)
        {
            values[column] = value;
        }

        return this with { Values = values };
    }

    /// <summary>Rows of one table as a query of DuckDB's.</summary>
    public static string Select(IEnumerable<BronzeRow> rows, Schema schema)
    {
        var columns = schema.Fields.Select((field, index) => $"CAST(c{index} AS {DuckType.Of(field.Type)}) AS {SqlText.Name(field.Name)}");
        var values = rows.Select(row => $"({string.Join(", ", schema.Fields.Select(field => Literal(row.Values.GetValueOrDefault(field.Name))))})");
        return $"SELECT {string.Join(", ", columns)} FROM (VALUES {string.Join(", ", values)}) AS t({string.Join(", ", schema.Fields.Select((_, index) => $"c{index}"))})";
    }

    private static string Literal(object? value) => value switch
    {
        null => "NULL",
        string text => SqlText.Quote(text),
        DateTimeOffset at => SqlText.Quote(at.ToString("O", CultureInfo.InvariantCulture)),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };
}

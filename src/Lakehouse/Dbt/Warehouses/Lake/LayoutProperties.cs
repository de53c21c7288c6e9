using System.Text.RegularExpressions;
using Recoup.Lakehouse.Iceberg.Partitioning;
using Recoup.Lakehouse.Iceberg.Schemas;

namespace Recoup.Lakehouse.Dbt.Warehouses.Lake;

/// <summary>dbt-trino's <c>properties</c> of a model, read as far as the lake's writer goes.</summary>
/// <param name="Partitions">Columns with their transforms.</param>
/// <param name="Order">Columns that rows are sorted by within a file.</param>
internal sealed partial record LayoutProperties(
    IReadOnlyList<(string Column, Transform Transform)> Partitions, IReadOnlyList<(string Column, string Direction, string Nulls)> Order)
{
    private const string Known = "format, format_version, partitioning and sorted_by are known";

    /// <exception cref="WarehouseException">A property is not known, or asks for what is not written.</exception>
    public static LayoutProperties Of(TableLayout layout)
    {
        var properties = layout.Properties.ToDictionary(pair => pair.Key.ToLowerInvariant(), pair => pair.Value.Trim());
        Require(properties, "format", value => value.Trim('\'').Equals("parquet", StringComparison.OrdinalIgnoreCase), "'PARQUET' is written");
        Require(properties, "format_version", value => value.Trim('\'') is "2", "2 is written");
        var unknown = properties.Keys.FirstOrDefault(key => key is not ("format" or "format_version" or "partitioning" or "sorted_by"));
        return unknown is null
            ? new LayoutProperties([.. Items(properties, "partitioning").Select(Partition)], [.. Items(properties, "sorted_by").Select(Sort)])
            : throw Refused($"The table property '{unknown}' is not known here: {Known}.");
    }

    public PartitionSpec Spec(Schema schema) => Resolved(() => PartitionSpec.Of(schema, Partitions));

    public SortOrder Sorted(Schema schema) => Resolved(() => new SortOrder
    {
        Fields = [.. Order.Select(part => new SortField(Transform.Identity, schema.Column(part.Column).Id, part.Direction, part.Nulls))],
    });

    private static T Resolved<T>(Func<T> make)
    {
        try
        {
            return make();
        }
        catch (Iceberg.IcebergException refused)
        {
            throw Refused($"The model's properties do not fit its columns. {refused.Message}");
        }
    }

    private static void Require(Dictionary<string, string> properties, string key, Func<string, bool> isFine, string hint)
    {
        if (properties.TryGetValue(key, out var value) && !isFine(value))
        {
            throw Refused($"The table property {key} is {value}: {hint}.");
        }
    }

    private static IEnumerable<string> Items(Dictionary<string, string> properties, string key)
    {
        if (!properties.TryGetValue(key, out var value))
        {
            return [];
        }

        return ArrayPattern().Match(value) is { Success: true } array
            ? array.Groups["item"].Captures.Select(item => item.Value.Replace("''", "'", StringComparison.Ordinal).Trim())
            : throw Refused($"The table property {key} is {value}: an array is expected, such as ARRAY['day(created_at)'].");
    }

    private static (string Column, Transform Transform) Partition(string item)
    {
        var match = PartitionPattern().Match(item);
        return match switch
        {
            { Success: false } => throw Refused($"'{item}' is no partitioning: a column or day(column) is expected."),
            _ when match.Groups["transform"].Value.Equals("day", StringComparison.OrdinalIgnoreCase) => (match.Groups["column"].Value.Trim('"'), Transform.Day),
            _ when !match.Groups["transform"].Success => (match.Groups["column"].Value.Trim('"'), Transform.Identity),
            _ => throw Refused($"Partitioning by '{item}' is not written here: a column or day(column) is."),
        };
    }

    private static (string Column, string Direction, string Nulls) Sort(string item)
    {
        var match = SortPattern().Match(item);
        var isDescending = match.Groups["direction"].Value.Equals("desc", StringComparison.OrdinalIgnoreCase);
        return match.Success
            ? (match.Groups["column"].Value.Trim('"'), isDescending ? "desc" : "asc",
                match.Groups["nulls"] is { Success: true } nulls ? $"nulls-{nulls.Value.ToLowerInvariant()}" : isDescending ? "nulls-last" : "nulls-first")
            : throw Refused($"'{item}' is no order: a column is expected, with ASC or DESC and NULLS FIRST or NULLS LAST.");
    }

    private static WarehouseException Refused(string message) => new(message, kind: WarehouseFailure.Compilation);

    [GeneratedRegex(@"^ARRAY\s*\[\s*('(?<item>([^']|'')*)'\s*(,\s*'(?<item>([^']|'')*)'\s*)*)?\]$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex ArrayPattern();

    [GeneratedRegex("""^((?<transform>\w+)\s*\(\s*)?(?<column>\w+|"[^"]+")(?(transform)\s*(,\s*\d+\s*)?\))$""", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex PartitionPattern();

    [GeneratedRegex("""^(?<column>\w+|"[^"]+")(\s+(?<direction>asc|desc))?(\s+nulls\s+(?<nulls>first|last))?$""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex SortPattern();
}

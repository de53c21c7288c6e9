using System.Text.Json;
using Recoup.Lakehouse.Iceberg.Metadata;

namespace Recoup.Lakehouse.Iceberg.Scans;

/// <summary>Gives field ids to the columns of files that were written without any, by the table's property (specification, "Column Projection").</summary>
internal sealed class NameMapping(IReadOnlyList<NameMapping.Entry> entries)
{
    /// <summary>The table's mapping; null where it has none.</summary>
    public static NameMapping? Of(TableMetadata metadata) => metadata.Properties.TryGetValue(TableProperties.NameMapping, out var json)
        ? new NameMapping(JsonSerializer.Deserialize<IReadOnlyList<Entry>>(json, MetadataJson.Options)!)
        : null;

    public ParquetColumn Apply(ParquetColumn root) => root with { Children = [.. root.Children.Select(column => Apply(column, entries))] };

    private static ParquetColumn Apply(ParquetColumn column, IReadOnlyList<Entry> level)
    {
        var entry = level.FirstOrDefault(candidate => candidate.Names.Contains(column.Name, StringComparer.Ordinal));
        return column with { FieldId = entry?.FieldId, Children = [.. column.Children.Select(child => Apply(child, entry?.Fields ?? []))] };
    }

    internal sealed record Entry(int? FieldId, IReadOnlyList<string> Names, IReadOnlyList<Entry>? Fields = null);
}

using System.Text.Json;
using Recoup.Lakehouse.Iceberg;
using Recoup.Lakehouse.Iceberg.Catalogs;
using Recoup.Lakehouse.Iceberg.Metadata;
using Recoup.Lakehouse.Iceberg.Partitioning;
using Recoup.Lakehouse.Iceberg.Schemas;

namespace Recoup.Lakehouse.FlinkSql.Running;

/// <summary>
/// The tables that scripts write, from a file such as <c>flink/tables.json</c>: Flink's DDL cannot declare a hidden partition
/// such as <c>day(created_at)</c>, so they are made through the catalog, whichever engine fills them.
/// </summary>
public static class TableDefinitions
{
    /// <summary>A table that is committed to several times a second would leave a metadata file of each commit behind.</summary>
    private static readonly Dictionary<string, string> Properties = new(StringComparer.Ordinal)
    {
        [TableProperties.DeletePreviousMetadata] = "true",
        [TableProperties.PreviousMetadataFiles] = "20",
    };

    /// <summary>Makes the namespaces and tables that are missing; those that are there are left as they are.</summary>
    /// <param name="json"><c>{"bronze.t": {"partition": ["day(c)"], "columns": [["c", "timestamptz"]]}}</c>.</param>
    /// <exception cref="JsonException">The text is not of that form.</exception>
    public static async Task EnsureAsync(ICatalog catalog, string json, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        using var definitions = JsonDocument.Parse(json);
        foreach (var definition in definitions.RootElement.EnumerateObject())
        {
            var parts = definition.Name.Split('.', 2);
            var identifier = parts.Length == 2 ? new TableIdentifier(parts[0], parts[1]) : throw new JsonException($"'{definition.Name}' is no namespace.table.");
            await UnlessExistsAsync(catalog.CreateNamespaceAsync(identifier.Namespace, cancellation: cancellation));
            await UnlessExistsAsync(CreateAsync(catalog, identifier, definition.Value, cancellation));
        }
    }

    /// <summary>Another process may create the same at the same time, so that it is there is no reason to ask first.</summary>
    private static async Task UnlessExistsAsync(Task creation)
    {
        try
        {
            await creation;
        }
        catch (IcebergException known) when (known.Failure is IcebergFailure.AlreadyExists)
        {
            return;
        }
    }

    private static async Task CreateAsync(ICatalog catalog, TableIdentifier identifier, JsonElement definition, CancellationToken cancellation)
    {
        var schema = new Schema
        {
            Fields = [.. definition.GetProperty("columns").EnumerateArray()
                .Select((column, index) => new NestedField(index + 1, column[0].GetString()!, TypeText.Parse(column[1].GetString()!)))],
        };
        var days = definition.GetProperty("partition").EnumerateArray().Select(partition => partition.GetString()!)
            .Select(text => text.StartsWith("day(", StringComparison.Ordinal) && text.EndsWith(')') ? text[4..^1] : throw new JsonException($"'{text}' is no day(column)."));
        await catalog.CreateTableAsync(
            identifier,
            new TableDefinition(schema) { PartitionSpec = PartitionSpec.Of(schema, [.. days.Select(day => (day, Transform.Day))]), Properties = Properties },
            cancellation);
    }
}

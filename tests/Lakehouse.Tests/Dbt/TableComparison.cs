using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Recoup.Lakehouse.Dbt.Warehouses;

namespace Recoup.Lakehouse.Tests.Dbt;

/// <summary>Every table and view of a database against those that real dbt left.</summary>
internal sealed class TableComparison(IWarehouse database, string step)
{
    public async Task<IReadOnlyList<string>> CompareAsync(JsonObject tables)
    {
        var differences = new List<string>();
        foreach (var (name, table) in tables)
        {
            differences.AddRange(await CompareAsync(name, table!));
        }

        foreach (var schema in tables.Select(table => table.Key.Split('.')[0]).Distinct())
        {
            var there = await database.ListAsync(schema, CancellationToken.None);
            differences.AddRange(there.Where(relation => !tables.ContainsKey($"{schema}.{relation.Relation.Name}")).Select(relation => $"{step}: {relation.Relation} should not be there"));
        }

        return differences;
    }

    private async Task<IEnumerable<string>> CompareAsync(string name, JsonNode table)
    {
        var (schema, relation) = (name.Split('.')[0], name[(name.IndexOf('.', StringComparison.Ordinal) + 1)..]);
        var existing = (await database.ListAsync(schema, CancellationToken.None)).FirstOrDefault(found => found.Relation.Name == relation);
        if (existing is null)
        {
            return [$"{step}: {name} is not there"];
        }

        var kind = existing.Kind.ToString().ToLowerInvariant();
        if (kind != table["kind"]!.GetValue<string>())
        {
            return [$"{step}: {name} is a {kind}"];
        }

        var columns = string.Join(", ", (await database.ColumnsAsync(existing.Relation, CancellationToken.None)).Select(column => $"{column.Name} {column.Type}"));
        var expectedColumns = string.Join(", ", table["columns"]!.AsArray().Select(column => $"{column![0]} {column[1]}"));
        if (columns != expectedColumns)
        {
            return [$"{step}: {name} has columns {columns}, expected {expectedColumns}"];
        }

        var rows = (await database.QueryAsync($"select * from {existing.Relation}", CancellationToken.None)).Rows.Select(row => string.Join('|', row.Select(Text))).Order(StringComparer.Ordinal);
        var expected = table["rows"]!.AsArray().Select(row => string.Join('|', row!.AsArray().Select(Text))).Order(StringComparer.Ordinal);
        return rows.SequenceEqual(expected) ? [] : [$"{step}: {name} has rows\n{string.Join('\n', rows)}\nexpected\n{string.Join('\n', expected)}"];
    }

    private static string Text(object? cell) => cell switch
    {
        null => "null",
        bool flag => flag ? "true" : "false",
        DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateTime at => at.ToString(at.Ticks % TimeSpan.TicksPerSecond == 0 ? "yyyy-MM-dd HH:mm:ss" : "yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture),
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => cell.ToString()!,
    };

    private static string Text(JsonNode? cell) => cell is null ? "null"
        : cell.GetValueKind() == JsonValueKind.String ? cell.GetValue<string>()
        : cell.GetValueKind() == JsonValueKind.Number && cell.ToJsonString().Contains('.', StringComparison.Ordinal) ? cell.GetValue<double>().ToString("R", CultureInfo.InvariantCulture)
        : cell.ToJsonString();
}

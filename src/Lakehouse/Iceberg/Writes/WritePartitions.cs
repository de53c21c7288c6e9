using System.Globalization;
using DuckDB.NET.Data;
using Recoup.Lakehouse.Iceberg.Metadata;
using Recoup.Lakehouse.Iceberg.Partitioning;
using Recoup.Lakehouse.Iceberg.Schemas;
using Recoup.Lakehouse.Iceberg.Values;

namespace Recoup.Lakehouse.Iceberg.Writes;

/// <summary>Finds the partitions that rows fall into, each with the condition that selects its rows.</summary>
internal static class WritePartitions
{
    public static IReadOnlyList<(IReadOnlyList<object?> Values, string Condition)> Find(DuckDBConnection connection, TableMetadata metadata, string relation)
    {
        var fields = metadata.DefaultSpec.Fields.Where(field => field.Transform.Kind is not TransformKind.Void).ToArray();
        if (fields.Length is 0)
        {
            return [([.. metadata.DefaultSpec.Fields.Select(_ => (object?)null)], "")];
        }

        var keys = fields.Select(field => Key(field, metadata)).ToArray();
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT DISTINCT {string.Join(", ", keys.Select(key => $"CAST({Text(key)} AS VARCHAR)"))} FROM {relation} AS source";
        using var reader = command.ExecuteReader();
        var found = new List<(IReadOnlyList<object?>, string)>();
        while (reader.Read())
        {
            var values = keys.Select((key, index) => reader.IsDBNull(index) ? null : ValueText.Parse(key.Result, reader.GetString(index))).ToArray();
            var conditions = keys.Zip(values, Condition).ToArray();
            var byField = fields.Zip(values).ToDictionary(pair => pair.First, pair => pair.Second);
            found.Add(([.. metadata.DefaultSpec.Fields.Select(field => byField.GetValueOrDefault(field))], string.Join(" AND ", conditions)));
        }

        return found.Count is 1 ? [(found[0].Item1, "")] : found;
    }

    private static WriteKey Key(PartitionField field, TableMetadata metadata)
    {
        var column = metadata.CurrentSchema.Fields.FirstOrDefault(candidate => candidate.Id == field.SourceId)
            ?? throw IcebergException.Unsupported($"writing to a table that is partitioned by a nested or dropped column ({field.Name})");
        var type = (PrimitiveType)column.Type;
        var value = $"CAST(source.{SqlText.Name(column.Name)} AS {DuckType.Of(type)})";
        return (field.Transform.Kind, type.Kind) switch
        {
            (TransformKind.Identity, _) => new WriteKey(type, value),
            (TransformKind.Day, PrimitiveKind.Date) => new WriteKey(PrimitiveType.Date, value),
            (TransformKind.Day, _) => new WriteKey(
                PrimitiveType.Date, $"(DATE '1970-01-01' + CAST({DayOf($"epoch_us({value})")} AS INTEGER))"),
            _ => throw IcebergException.Unsupported($"writing to a table that is partitioned by {field.Transform} ({field.Name}); identity and day are"),
        };
    }

    /// <summary>Whole days, rounded down also before 1970, where DuckDB's division rounds up.</summary>
    private static string DayOf(string micros) => $"(({micros}) - ((({micros}) % 86400000000) + 86400000000) % 86400000000) // 86400000000";

    private static string Text(WriteKey key) => key.Result.Kind is PrimitiveKind.Binary ? $"hex({key.Sql})" : key.Sql;

    private static string Condition(WriteKey key, object? value) => value switch
    {
        null => $"{key.Sql} IS NULL",

        // 0.0 and -0.0 are equal in SQL and two partitions here.
        0d or 0f => $"CAST({key.Sql} AS VARCHAR) = '{(double.IsNegative(Convert.ToDouble(value, CultureInfo.InvariantCulture)) ? "-0.0" : "0.0")}'",
        _ => $"{key.Sql} = {ValueText.ToSql(key.Result, value)}",
    };

    private sealed record WriteKey(PrimitiveType Result, string Sql);
}

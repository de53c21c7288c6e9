using Recoup.Lakehouse.FlinkSql.Binding;
using Recoup.Lakehouse.FlinkSql.Syntax;
using Recoup.Lakehouse.FlinkSql.Types;

namespace Recoup.Lakehouse.FlinkSql.Planning;

/// <summary>A table over a Kafka topic: one column of bytes, and columns of what Kafka knows of the record.</summary>
/// <param name="Options">The connector's options as written.</param>
public sealed record KafkaSource(string Name, string Topic, IReadOnlyDictionary<string, string> Options)
{
    /// <summary>The table that holds the records of the batch, as <see cref="Running.BatchEngine"/> makes it.</summary>
    internal const string RecordTable = "flink_records";

    private static readonly HashSet<string> KnownOptions =
    [
        "connector", "topic", "properties.bootstrap.servers", "properties.group.id", "properties.isolation.level",
        "scan.startup.mode", "format", "value.format", "scan.topic-partition-discovery.interval",
    ];

    /// <summary>Reads a table's definition; anything that would read other records or other bytes is refused.</summary>
    internal static (KafkaSource Source, Relation Relation) Bind(BindingContext binding, CreateTable table)
    {
        var options = table.Options.ToDictionary(option => option.Key, option => option.Value, StringComparer.Ordinal);
        Expect(table, options, "connector", "kafka", "only Kafka is read here");
        var formatKey = options.ContainsKey("value.format") ? "value.format" : "format";
        Expect(table, options, formatKey, "raw", "other formats drop or change what they cannot read");
        if (options.ContainsKey("scan.startup.mode"))
        {
            Expect(table, options, "scan.startup.mode", "earliest-offset", "the table holds the offsets; without any it begins at the earliest");
        }

        var unknown = table.Options.FirstOrDefault(option => !KnownOptions.Contains(option.Key) && !option.Key.StartsWith("properties.", StringComparison.Ordinal));
        if (unknown is not null)
        {
            throw new FlinkSqlException(unknown.At, $"the option '{unknown.Key}' is not known here", "Leave it away");
        }

        var topic = options.GetValueOrDefault("topic") is { Length: > 0 } name && !name.Contains(';', StringComparison.Ordinal)
            ? name
            : throw new FlinkSqlException(table.At, $"{table.Name} needs one topic", "Write 'topic' = 'payments.charges'");
        return (new KafkaSource(table.Name.Last, topic, options), BindColumns(binding, table));
    }

    private static void Expect(CreateTable table, Dictionary<string, string> options, string key, string wanted, string reason)
    {
        if (options.GetValueOrDefault(key) != wanted)
        {
            var at = table.Options.FirstOrDefault(option => option.Key == key)?.At ?? table.At;
            throw new FlinkSqlException(at, $"{table.Name} has '{key}' = '{options.GetValueOrDefault(key)}': {reason}", $"Write '{key}' = '{wanted}'");
        }
    }

    private static Relation BindColumns(BindingContext binding, CreateTable table)
    {
        var columns = new List<ScopeColumn>();
        foreach (var column in table.Columns)
        {
            var value = column switch
            {
                PhysicalColumn physical => BindValue(table, physical, columns.Exists(known => known.Value.Sql == "\"value\"")),
                MetadataColumn metadata => BindMetadata(metadata),
                ComputedColumn computed => new ExpressionBinder(binding, new Scope(columns)).Bind(computed.Value),
                _ => throw new InvalidOperationException($"{column.GetType().Name} is no column."),
            };
            columns.Add(new ScopeColumn(null, column.Name, value));
        }

        if (table.Watermark is { } watermark)
        {
            MarkTime(binding, columns, watermark);
        }

        return new Relation($"SELECT * FROM {RecordTable}", columns);
    }

    private static BoundExpression BindValue(CreateTable table, PhysicalColumn column, bool isSecond)
    {
        if (isSecond)
        {
            throw new FlinkSqlException(column.At, "the format raw has one column", "Keep the column of the value");
        }

        return TypeResolver.Resolve(column.Type) == FlinkType.Bytes
            ? new BoundExpression("\"value\"", FlinkType.Bytes)
            : throw new FlinkSqlException(column.At, $"the column {column.Name} of {table.Name} is no BYTES: bytes that are no UTF-8 would not be seen", "Write BYTES and DECODE it");
    }

    private static BoundExpression BindMetadata(MetadataColumn column)
    {
        var (sql, wanted) = column.Key switch
        {
            "topic" => ("\"topic\"", FlinkType.String),
            "partition" => ("\"partition\"", FlinkType.Int),
            "offset" => ("\"offset\"", FlinkType.BigInt),
            "timestamp" => ("\"timestamp\"", FlinkType.TimestampLtz(3)),
            _ => throw new FlinkSqlException(column.At, $"the metadata '{column.Key}' is not in the shared subset", "Known are topic, partition, offset and timestamp"),
        };
        return TypeResolver.Resolve(column.Type) == wanted
            ? new BoundExpression(sql, wanted)
            : throw new FlinkSqlException(column.At, $"the metadata '{column.Key}' is {wanted}", $"Write {column.Name} {wanted} METADATA FROM '{column.Key}' VIRTUAL");
    }

    private static void MarkTime(BindingContext binding, List<ScopeColumn> columns, WatermarkDefinition watermark)
    {
        var index = columns.FindIndex(column => column.Name == watermark.Column);
        if (index < 0 || !columns[index].Value.Type.IsTimestamp || columns[index].Value.Type.Precision > 3)
        {
            throw new FlinkSqlException(watermark.At, $"the watermark's column {watermark.Column} must be TIMESTAMP(3) or TIMESTAMP_LTZ(3)", "Declare it so");
        }

        var strategy = new ExpressionBinder(binding, new Scope(columns)).Bind(watermark.Strategy);
        if (strategy.Type != columns[index].Value.Type)
        {
            throw new FlinkSqlException(watermark.At, $"the watermark is {strategy.Type}, its column {columns[index].Value.Type}", "Subtract an INTERVAL from the column");
        }

        columns[index] = columns[index] with { IsTimeAttribute = true };
    }
}

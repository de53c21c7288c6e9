using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using Recoup.Lakehouse.FlinkSql.Planning;
using Recoup.Lakehouse.FlinkSql.Running;
using Recoup.Lakehouse.Iceberg;
using Recoup.Lakehouse.Iceberg.Maintenance;
using Recoup.Lakehouse.Iceberg.Metadata;
using Recoup.Lakehouse.Iceberg.Partitioning;
using Recoup.Lakehouse.Iceberg.Schemas;
using Recoup.Lakehouse.Tests.FlinkSql;

namespace Recoup.Lakehouse.Tests.Iceberg.Oracles;

/// <summary>Readers of Iceberg that others wrote (icebird, and ClickHouse as chdb) read what we write, row for row.</summary>
[TestClass]
public sealed class OracleTests
{
    private const string Scalars = """
        SELECT CAST(range AS INTEGER) AS i, range * 5000000000 AS l, range % 2 = 0 AS b, range / 4 AS d, CAST(range / 4 AS FLOAT) AS f,
            CAST(range AS DECIMAL(9,2)) / 4 AS amount, CAST(range AS DECIMAL(38,0)) * 5 AS large, DATE '2026-11-23' + CAST(range AS INTEGER) AS day,
            make_timestamp(1764000000123000 + range * 1000) AS local, make_timestamptz(1764000000123000 - range * 86400000000) AS at,
            'text ☃ ' || range AS s, CAST('a0eebc99-9c0b-4ef8-bb6d-00000000000' || range AS UUID) AS u, CAST('bytes' || range AS BLOB) AS bytes
        FROM range(10) UNION ALL SELECT NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL
        """;

    /// <summary>No list is NULL: ClickHouse has no such lists.</summary>
    private const string Nested = """
        SELECT range AS id, CASE WHEN range % 3 > 0 THEN ['a', NULL, 'b' || range] ELSE [] END AS tags, MAP {'k' || range: range} AS attributes,
            {'city': 'c' || range, 'zip': CAST(range AS INTEGER)} AS address FROM range(10)
        """;

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    [DataRow("icebird")]
    [DataRow("chdb")]
    public async Task Read_EveryKindOfTableWeWrite_IsTheSameRows(string reader)
    {
        var modules = await OracleModules.InstallAsync(TestContext.CancellationToken);
        using var lake = new Lake();
        using var validated = await LakeFixture.OpenAsync(Directory.CreateDirectory(Path.Combine(lake.Folder, "validated")).FullName);
        Table[] tables = [await ScalarsAsync(lake), await ByDayAsync(lake), await ByTextAsync(lake), await EvolvedAsync(lake), await NestedAsync(lake), await CompactedAsync(lake), .. await ValidatedAsync(validated)];
        await File.WriteAllTextAsync(Path.Combine(lake.Folder, "tables.json"), JsonSerializer.Serialize(tables.Select(Describe)), TestContext.CancellationToken);

        var script = Path.Combine(modules, "read.mjs");
        var (exitCode, output) = await Node.RunAsync(lake.Folder, "node", [script, reader, "tables.json"], TestContext.CancellationToken);

        Assert.AreEqual(0, exitCode, output);
        foreach (var (table, line) in tables.Zip(output.Split('\n')))
        {
            var answer = JsonNode.Parse(line)!;
            Assert.IsNull(answer["error"], $"{table.Identifier}: {answer["error"]}");
            var rows = new JsonArray([.. answer["rows"]!.AsArray().Select(row => Named(row!.AsArray(), table.Schema))]);
            CollectionAssert.AreEqual(await lake.ReadAsync(table), Rows.Expected(rows, table.Schema), table.Identifier.ToString());
        }
    }

    private static Task<Table> ScalarsAsync(Lake lake) => FilledAsync(lake, "scalars", PartitionSpec.Unpartitioned, Scalars);

    private static Task<Table> ByDayAsync(Lake lake) => FilledAsync(lake, "by_day", PartitionSpec.Of(ScalarSchema, ("at", Transform.Day)), Scalars);

    private static Task<Table> ByTextAsync(Lake lake) =>
        FilledAsync(lake, "by_text", PartitionSpec.Of(ScalarSchema, ("s", Transform.Identity), ("b", Transform.Identity)), Scalars);

    private static async Task<Table> FilledAsync(Lake lake, string name, PartitionSpec spec, string select) =>
        await lake.AppendAsync(await lake.CreateAsync(name, ScalarSchema, spec), select);

    private static async Task<Table> EvolvedAsync(Lake lake)
    {
        var schema = new Schema { Fields = [new NestedField(1, "i", PrimitiveType.Int), new NestedField(2, "old", PrimitiveType.String), new NestedField(3, "gone", PrimitiveType.Long)] };
        var table = await lake.AppendAsync(await lake.CreateAsync("evolved", schema), "SELECT 1 AS i, 'x' AS old, 7 AS gone");
        var change = lake.Begin();
        change.For(table).UpdateSchema(columns => columns.Rename("old", "new").Widen("i", PrimitiveType.Long).Drop("gone").Add("more", PrimitiveType.Double));
        return await lake.AppendAsync((await change.CommitAsync())[0], "SELECT 5000000000 AS i, 'y' AS \"new\", 1.5 AS more");
    }

    private static async Task<Table> NestedAsync(Lake lake)
    {
        var schema = new Schema
        {
            Fields =
            [
                new NestedField(1, "id", PrimitiveType.Long),
                new NestedField(2, "tags", new ListType(3, PrimitiveType.String)),
                new NestedField(4, "attributes", new MapType(5, PrimitiveType.String, 6, PrimitiveType.Long)),
                new NestedField(7, "address", new StructType([new NestedField(8, "city", PrimitiveType.String), new NestedField(9, "zip", PrimitiveType.Int)])),
            ],
        };
        return await lake.AppendAsync(await lake.CreateAsync("nested", schema), Nested);
    }

    private static async Task<Table> CompactedAsync(Lake lake)
    {
        var table = await lake.CreateAsync("compacted", ScalarSchema, PartitionSpec.Of(ScalarSchema, ("at", Transform.Day)), (TableProperties.ManifestsToMerge, "3"));
        for (var append = 0; append < 4; append++)
        {
            table = await lake.AppendAsync(table, Scalars);
        }

        await new Compaction(lake.Catalog, lake.Clock).CompactAsync(table.Identifier, lake.Connection, new CompactionOptions { MinInputFiles = 2 });
        return await lake.AppendAsync(await lake.LoadAsync("compacted"), Scalars);
    }

    /// <summary>Bronze and quarantine as the validation fills them. The raw records are UTF-8, since icebird makes text of bytes.</summary>
    private static async Task<Table[]> ValidatedAsync(LakeFixture lake)
    {
        var plan = ScriptPlan.Compile("refunds.sql", await File.ReadAllTextAsync(Path.Combine(ScriptRun.Folder, "refunds.sql")));
        var topic = RefundTopic.Of(40, index => index % 4 == 0 ? "no JSON \u00e9" : RefundTopic.Refund(index, $"2026-11-{20 + (index % 3)}"));
        var sink = await IcebergTableSink.OpenAsync(lake.Catalog, plan, TimeProvider.System, CancellationToken.None);
        using var runner = new ScriptRunner(plan, new RecordListSource(topic), sink, new ScriptRunnerOptions { RowsMax = 15 }, TimeProvider.System, NullLogger<ScriptRunner>.Instance);
        await runner.RunToEndAsync(CancellationToken.None);
        return [await lake.LoadAsync("payment_refunds"), await lake.LoadAsync("quarantine_payment_refunds")];
    }

    private static object Describe(Table table) => new
    {
        folder = Local(table.Metadata.Location),
        metadata = Local(table.MetadataLocation),
        columns = table.Schema.Fields.Select(field => new { name = field.Name, binary = field.Type is PrimitiveType { Kind: PrimitiveKind.Binary } }),
    };

    private static string Local(string location) => location["file://".Length..];

    private static JsonObject Named(JsonArray values, Schema schema) =>
        new(schema.Fields.Zip(values, (field, value) => KeyValuePair.Create(field.Name, value?.DeepClone())));

    private static Schema ScalarSchema { get; } = new()
    {
        Fields =
        [
            new NestedField(1, "i", PrimitiveType.Int), new NestedField(2, "l", PrimitiveType.Long), new NestedField(3, "b", PrimitiveType.Boolean),
            new NestedField(4, "d", PrimitiveType.Double), new NestedField(5, "f", PrimitiveType.Float), new NestedField(6, "amount", PrimitiveType.Decimal(9, 2)),
            new NestedField(7, "large", PrimitiveType.Decimal(38, 0)), new NestedField(8, "day", PrimitiveType.Date), new NestedField(9, "local", PrimitiveType.Timestamp),
            new NestedField(10, "at", PrimitiveType.Timestamptz), new NestedField(11, "s", PrimitiveType.String), new NestedField(12, "u", PrimitiveType.Uuid),
            new NestedField(13, "bytes", PrimitiveType.Binary),
        ],
    };
}

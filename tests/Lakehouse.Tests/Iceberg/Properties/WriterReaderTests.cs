using System.Globalization;
using CsCheck;
using Recoup.Lakehouse.Iceberg;
using Recoup.Lakehouse.Iceberg.Maintenance;
using Recoup.Lakehouse.Iceberg.Metadata;
using Recoup.Lakehouse.Iceberg.Partitioning;
using Recoup.Lakehouse.Iceberg.Scans;
using Recoup.Lakehouse.Iceberg.Schemas;
using Recoup.Lakehouse.Iceberg.Values;

namespace Recoup.Lakehouse.Tests.Iceberg.Properties;

/// <summary>Whatever is written is read back, over random columns, values, partitions and changes of the columns, before and after compaction.</summary>
[TestClass]
public sealed class WriterReaderTests
{
    /// <summary>Few, since each is a lake of its own; RECOUP_PROPERTY_CASES asks for more.</summary>
    private static readonly int Cases = int.TryParse(Environment.GetEnvironmentVariable("RECOUP_PROPERTY_CASES"), CultureInfo.InvariantCulture, out var cases) ? cases : 12;

    [TestMethod]
    public void Scan_AnyTableAfterAnyChanges_GivesTheRowsThatWereWritten() =>
        Gen.Int.Sample(seed => HoldsAsync(seed).GetAwaiter().GetResult(), iter: Cases, threads: 1);

    private static async Task HoldsAsync(int seed)
    {
        var random = new RandomTable(seed);
        using var lake = new Lake();
        var table = await CreateAsync(lake, random);
        var model = new List<Dictionary<int, object?>>();
        for (var step = random.Random.Next(2, 6); step > 0; step--)
        {
            table = random.Random.Next(3) is 0 ? await EvolveAsync(lake, random, table) : await AppendAsync(lake, random, table, model);
            await CompareAsync(lake, table, model, seed);
        }

        await FilterAsync(lake, random, table, model, seed);
        await new Compaction(lake.Catalog, lake.Clock).CompactAsync(table.Identifier, lake.Connection, new CompactionOptions { MinInputFiles = 2 });
        await CompareAsync(lake, await lake.LoadAsync("random"), model, seed);
    }

    private static async Task<Table> CreateAsync(Lake lake, RandomTable random)
    {
        // The catalog gives the ids; here they only have to differ.
        var id = 1000;
        var schema = new Schema { Fields = [.. Enumerable.Range(0, random.Random.Next(1, 6)).Select(_ => new NestedField(++id, random.NewName(), Renumbered(random.Type())))] };
        var column = schema.Fields.FirstOrDefault(field => field.Type is PrimitiveType);
        var spec = column is null || random.Random.Next(2) is 0 ? PartitionSpec.Unpartitioned : PartitionSpec.Of(schema, (column.Name, TransformFor((PrimitiveType)column.Type)));
        return await lake.CreateAsync("random", schema, spec, (TableProperties.ManifestsToMerge, "2"));

        IcebergType Renumbered(IcebergType type) => type switch
        {
            ListType list => new ListType(++id, Renumbered(list.Element)),
            StructType structure => new StructType([.. structure.Fields.Select(field => field with { Id = ++id, Type = Renumbered(field.Type) })]),
            MapType map => new MapType(++id, map.Key, ++id, Renumbered(map.Value)),
            _ => type,
        };
    }

    private static Transform TransformFor(PrimitiveType type) =>
        type.Kind is PrimitiveKind.Date or PrimitiveKind.Timestamp or PrimitiveKind.Timestamptz ? Transform.Day : Transform.Identity;

    private static async Task<Table> AppendAsync(Lake lake, RandomTable random, Table table, List<Dictionary<int, object?>> model)
    {
        var rows = Enumerable.Range(0, random.Random.Next(1, 12)).Select(_ => table.Schema.Fields.ToDictionary(field => field.Id, field => random.Value(field.Type))).ToArray();
        model.AddRange(rows);
        return await lake.AppendAsync(table, string.Join(" UNION ALL ", rows.Select(row =>
            $"SELECT {string.Join(", ", table.Schema.Fields.Select(field => $"{ModelValue.ToSql(field.Type, row[field.Id])} AS {SqlText.Name(field.Name)}"))}")));
    }

    private static async Task<Table> EvolveAsync(Lake lake, RandomTable random, Table table)
    {
        var field = random.OneOf([.. table.Schema.Fields]);
        var isUsed = table.Metadata.DefaultSpec.Fields.Any(part => part.SourceId == field.Id);
        var change = lake.Begin();
        change.For(table).UpdateSchema(columns => random.Random.Next(5) switch
        {
            0 => columns.Rename(field.Name, random.NewName()),
            1 when field.Type is PrimitiveType { Kind: PrimitiveKind.Int } => columns.Widen(field.Name, PrimitiveType.Long),
            1 when field.Type is PrimitiveType { Kind: PrimitiveKind.Float } => columns.Widen(field.Name, PrimitiveType.Double),
            1 when field.Type is PrimitiveType { Kind: PrimitiveKind.Decimal, Precision: < 38 } number => columns.Widen(field.Name, PrimitiveType.Decimal(38, number.Scale)),
            2 when !isUsed && table.Schema.Fields.Count > 1 => columns.Drop(field.Name),
            3 when field.Type is StructType => columns.Add(random.NewName(), random.Type(), field.Name),
            _ => columns.Add(random.NewName(), random.Type()),
        });
        return (await change.CommitAsync())[0];
    }

    private static async Task CompareAsync(Lake lake, Table table, List<Dictionary<int, object?>> model, int seed) =>
        CollectionAssert.AreEqual(Expected(table, model), await lake.ReadAsync(table), $"seed {seed}");

    private static string[] Expected(Table table, IEnumerable<Dictionary<int, object?>> model)
    {
        var rows = model.Select(row => string.Join('|', table.Schema.Fields.Select(field => ModelValue.Canonical(field.Type, row.GetValueOrDefault(field.Id))))).ToArray();
        Array.Sort(rows, StringComparer.Ordinal);
        return rows;
    }

    /// <summary>A pruned scan gives what the same condition gives over all rows.</summary>
    private static async Task FilterAsync(Lake lake, RandomTable random, Table table, List<Dictionary<int, object?>> model, int seed)
    {
        foreach (var field in table.Schema.Fields.Where(field => field.Type is PrimitiveType { Kind: not (PrimitiveKind.Boolean or PrimitiveKind.Binary) }))
        {
            var type = (PrimitiveType)field.Type;
            var value = Text(lake, type, model.Select(row => row.GetValueOrDefault(field.Id)).LastOrDefault(known => known is not null) ?? random.Scalar(type));
            foreach (var filter in Enum.GetValues<Comparison>().Select(comparison => Filter.Compare(field.Name, comparison, value)).Append(Filter.IsNull(field.Name)).Append(Filter.NotNull(field.Name)))
            {
                var scan = table.Scan().Where(filter);
                var unpruned = $"SELECT * FROM ({await table.Scan().ToSqlAsync(lake.Connection)}) WHERE {new BoundFilter(filter, table.Metadata, table.Schema).ToSql()}";
                CollectionAssert.AreEqual(lake.Query(unpruned, table.Schema), lake.Query(await scan.ToSqlAsync(lake.Connection), table.Schema), $"seed {seed}: {filter}");
            }
        }
    }

    private static string Text(Lake lake, PrimitiveType type, object value) =>
        Duck.Scalar<string>(lake.Connection, $"SELECT CAST({ModelValue.ToSql(type, value)} AS VARCHAR)");
}

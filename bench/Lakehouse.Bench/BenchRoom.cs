using Confluent.Kafka;
using Microsoft.Extensions.Logging.Abstractions;
using Recoup.Embedded.Kafka.Hosting;
using Recoup.Lakehouse.FlinkSql.Planning;
using Recoup.Lakehouse.FlinkSql.Running;
using Recoup.Lakehouse.Iceberg.Catalogs;
using Recoup.Lakehouse.Iceberg.Storage;

namespace Recoup.Lakehouse.Bench;

/// <summary>An embedded broker and lakes in a temporary folder, and the charges script.</summary>
internal sealed class BenchRoom : IDisposable
{
    private readonly DirectoryInfo folder;
    private readonly EmbeddedKafkaServer broker;
    private readonly string definitions;
    private int lakes;

    public BenchRoom(string parent, string scripts)
    {
        folder = Directory.CreateDirectory(Path.Combine(parent, $"lakehouse-bench-{Environment.ProcessId}"));
        definitions = File.ReadAllText(Path.Combine(scripts, "tables.json"));
        Plan = ScriptPlan.Compile("charges.sql", File.ReadAllText(Path.Combine(scripts, "charges.sql")));
        var options = new EmbeddedKafkaOptions { DataFolder = Path.Combine(folder.FullName, "kafka"), Port = 0 };
        options.Topics[ChargeRecords.Topic] = ChargeRecords.Partitions;
        broker = EmbeddedKafkaServer.Start(options);
    }

    public ScriptPlan Plan { get; }

    public IProducer<Null, byte[]> Producer() =>
        new ProducerBuilder<Null, byte[]>(new ProducerConfig { BootstrapServers = broker.Address, LingerMs = 5, QueueBufferingMaxMessages = 1_000_000 }).Build();

    /// <summary>A lake without rows.</summary>
    public async Task<SqliteCatalog> NewLakeAsync()
    {
        var lake = Directory.CreateDirectory(Path.Combine(folder.FullName, $"lake-{++lakes}"));
        var catalog = new SqliteCatalog(Path.Combine(lake.FullName, "catalog.db"), new LocalStorage(Path.Combine(lake.FullName, "warehouse")), TimeProvider.System);
        await TableDefinitions.EnsureAsync(catalog, definitions, CancellationToken.None);
        return catalog;
    }

    public string NewFolder() => Directory.CreateDirectory(Path.Combine(folder.FullName, Path.GetRandomFileName())).FullName;

    public KafkaRecordSource Source() => new(Plan.Source, new Dictionary<string, string> { ["bootstrap.servers"] = broker.Address });

    public ScriptRunner Runner(ITableSink sink, ScriptRunnerOptions options) =>
        new(Plan, Source(), sink, options, TimeProvider.System, NullLogger<ScriptRunner>.Instance);

    public void Dispose()
    {
        broker.DisposeAsync().AsTask().GetAwaiter().GetResult();
        folder.Delete(recursive: true);
    }
}

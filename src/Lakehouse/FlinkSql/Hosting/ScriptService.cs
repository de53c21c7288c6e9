using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Recoup.Lakehouse.FlinkSql.Planning;
using Recoup.Lakehouse.FlinkSql.Running;
using Recoup.Lakehouse.Iceberg.Catalogs;

namespace Recoup.Lakehouse.FlinkSql.Hosting;

/// <summary>
/// Runs every script of the folder for as long as the process lives, beside each other. A script that is not read
/// stops the start; what happens later is tried again for ever and told by log, metrics and <see cref="Progress"/>.
/// </summary>
public sealed partial class ScriptService(
    ICatalog catalog, IOptions<ValidationOptions> options, TimeProvider time, ILoggerFactory loggers, ILogger<ScriptService> logger) : BackgroundService
{
    private readonly List<ScriptRunner> runners = [];

    /// <summary>How far each script has come, by its file's name.</summary>
    public IReadOnlyDictionary<string, ScriptProgress> Progress => runners.ToDictionary(runner => runner.Script, runner => runner.Progress, StringComparer.Ordinal);

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        var folder = options.Value.Folder;
        var plans = Directory.GetFiles(folder, "*.sql").Order(StringComparer.Ordinal)
            .Select(path => ScriptPlan.Compile(Path.GetFileName(path), File.ReadAllText(path))).ToList();
        await TableDefinitions.EnsureAsync(catalog, await File.ReadAllTextAsync(Path.Combine(folder, "tables.json"), cancellationToken), cancellationToken);
        foreach (var plan in plans)
        {
            var sink = await IcebergTableSink.OpenAsync(catalog, plan, time, cancellationToken);
            var source = new KafkaRecordSource(plan.Source, options.Value.Kafka);
            runners.Add(new ScriptRunner(plan, source, sink, options.Value.Batches, time, loggers.CreateLogger<ScriptRunner>()));
            foreach (var (key, value) in options.Value.Kafka.Where(setting => plan.Source.Options.ContainsKey($"properties.{setting.Key}")))
            {
                LogSubstituted(plan.File, key, value);
            }
        }

        await base.StartAsync(cancellationToken);
    }

    public override void Dispose()
    {
        // The container knows this instance under two types, and disposes of each.
        runners.ForEach(runner => runner.Dispose());
        runners.Clear();
        base.Dispose();
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(runners.Select(runner => runner.RunAsync(stoppingToken)));

    [LoggerMessage(EventId = 6110, Level = LogLevel.Information, Message = "{Script}: the option {Option} is {Value} here, in place of the script's.")]
    private partial void LogSubstituted(string script, string option, string value);
}

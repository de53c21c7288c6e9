using System.CommandLine;
using System.Globalization;
using Recoup.Lakehouse.Bench;
using Recoup.Lakehouse.Bench.Freshness;
using Recoup.Lakehouse.Bench.Throughput;
using Recoup.Lakehouse.Bench.Transformations;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var scripts = new Option<string>("--scripts") { Description = "The folder with charges.sql and tables.json.", DefaultValueFactory = _ => "flink" };
var folder = new Option<string>("--folder") { Description = "Where the broker and the lake keep their data while it runs.", DefaultValueFactory = _ => Path.GetTempPath() };

var records = new Option<int>("--records") { Description = "Records of each measurement.", DefaultValueFactory = _ => 500_000 };
var batches = new Option<int[]>("--batches")
{
    Description = "Records of a batch; several sizes are measured one after the other.",
    DefaultValueFactory = _ => [1_000, 10_000, 50_000],
    AllowMultipleArgumentsPerToken = true,
};
var lanes = new Option<int>("--lanes") { Description = "Batches that are computed beside each other, here and by DuckDB alone.", DefaultValueFactory = _ => 2 };
var throughput = new Command("throughput", "Records a second from JSON in Kafka to visible snapshots, beside DuckDB alone.") { records, batches, lanes, scripts, folder };
throughput.SetAction(async (parsed, cancellation) =>
{
    using var room = new BenchRoom(parsed.GetValue(folder)!, parsed.GetValue(scripts)!);
    await ThroughputBench.RunAsync(room, parsed.GetValue(records), parsed.GetValue(batches)!, parsed.GetValue(lanes), cancellation);
});

var rate = new Option<int>("--rate") { Description = "Events a second.", DefaultValueFactory = _ => 2_000 };
var seconds = new Option<int>("--seconds") { Description = "How long events come.", DefaultValueFactory = _ => 300 };
var freshness = new Command("freshness", "From an event's time to its row in a query, with compaction on.") { rate, seconds, scripts, folder };
freshness.SetAction(async (parsed, cancellation) =>
{
    using var room = new BenchRoom(parsed.GetValue(folder)!, parsed.GetValue(scripts)!);
    await FreshnessBench.RunAsync(room, parsed.GetValue(rate), TimeSpan.FromSeconds(parsed.GetValue(seconds)), cancellation);
});

var rows = new Option<long>("--rows") { Description = "Charge events in bronze.", DefaultValueFactory = _ => 1_000_000 };
var added = new Option<int>("--new") { Description = "Payments that are new at the second build.", DefaultValueFactory = _ => 1_000 };
var queries = new Option<int>("--queries") { Description = "How often each query of gold is asked.", DefaultValueFactory = _ => 200 };
var dbt = new Option<string>("--dbt") { Description = "The folder of Recoup's dbt project.", DefaultValueFactory = _ => "dbt" };
var project = new Option<string?>("--project") { Description = "In place of all that: builds the project in this folder, whose target is of type duckdb, six times." };
var transformations = new Command("transformations", "dbt builds of silver and gold, and gold's queries, beside DuckDB alone.") { rows, added, queries, dbt, project, scripts, folder };
transformations.SetAction(async (parsed, cancellation) =>
{
    var only = parsed.GetValue(project);
    await using var room = new TransformationRoom(parsed.GetValue(folder)!, only ?? parsed.GetValue(dbt)!);
    await (only is not null
        ? ProjectBench.RunAsync(room, cancellation)
        : TransformationsBench.RunAsync(room, parsed.GetValue(scripts)!, parsed.GetValue(rows), parsed.GetValue(added), parsed.GetValue(queries), cancellation));
});

return await new RootCommand("Measures the lake: validation of charges into it, and the transformations of what is there.") { throughput, freshness, transformations }.Parse(args).InvokeAsync();

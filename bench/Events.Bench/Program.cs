using System.CommandLine;
using System.Globalization;
using Recoup.Events.Bench;
using Recoup.Events.Bench.Reporting;

// dotnet run -c Release --project bench/Events.Bench
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var seconds = new Option<int>("--seconds") { Description = "How long each measurement takes.", DefaultValueFactory = _ => 5 };
var warmUp = new Option<int>("--warm-up") { Description = "Seconds of publishing before the first one is measured.", DefaultValueFactory = _ => 10 };
var grains = new Option<int[]>("--grains")
{
    Description = "How many grains publish at once; several levels are measured one after the other.",
    DefaultValueFactory = _ => [1, 200, 5_000],
    AllowMultipleArgumentsPerToken = true,
};
var batch = new Option<int>("--batch") { Description = "Events of a batch, measured with 1 and 200 grains beside single events; 1 leaves batches out.", DefaultValueFactory = _ => 100 };
var rate = new Option<int>("--delivery-rate") { Description = "Events a second of the delivery to subscribed grains; 0 leaves it out.", DefaultValueFactory = _ => 2_000 };
var folder = new Option<string>("--folder") { Description = "Folder for the broker's data, on the disk to be measured.", DefaultValueFactory = _ => Path.GetTempPath() };
var json = new Option<bool>("--json") { Description = "Print the figures as one JSON document instead of tables." };
foreach (var (count, least) in new[] { (seconds, 1), (warmUp, 1), (batch, 1), (rate, 0) })
{
    count.Validators.Add(result =>
    {
        if (result.GetValueOrDefault<int>() < least)
        {
            result.AddError($"{count.Name} must be at least {least}.");
        }
    });
}

grains.Validators.Add(result =>
{
    if (result.GetValueOrDefault<int[]>()?.Any(static count => count < 1) == true)
    {
        result.AddError("--grains takes counts of at least 1, such as --grains 1 200.");
    }
});
var root = new RootCommand("Measures events from grains to the broker and to subscribed grains, over the stream provider and the embedded broker with fsync, beside the client alone and the broker alone.")
{
    seconds, warmUp, grains, batch, rate, folder, json,
};
root.SetAction(async (parsed, _) =>
{
    int[] batchLevels = parsed.GetValue(batch) > 1 ? [1, 200] : [];
    var report = await BenchRun.MeasureAsync(
        new BenchPlan
        {
            Duration = TimeSpan.FromSeconds(parsed.GetValue(seconds)),
            WarmUp = TimeSpan.FromSeconds(parsed.GetValue(warmUp)),
            Shapes = [.. parsed.GetValue(grains)!.Select(static count => new Shape(count, 1)), .. batchLevels.Select(count => new Shape(count, parsed.GetValue(batch)))],
            DeliveryRate = parsed.GetValue(rate),
            Folder = parsed.GetValue(folder)!,
        },
        Console.Error);
    if (parsed.GetValue(json))
    {
        Console.Out.WriteLine(report.ToJson());
        return;
    }

    ReportTables.Write(report);
});
return await root.Parse(args).InvokeAsync();

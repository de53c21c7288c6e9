using System.CommandLine;
using System.Globalization;
using Recoup.Client.Simulate.Injection;
using Recoup.Platform.Bench;
using Recoup.Platform.Bench.Reporting;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var payments = Rate("--payments-per-second", "Real payments, 0 for none: submitted to their grains, or billed at Stripe and Square, as the world's orders say.", 40);
var events = Rate("--events-per-second", "Records of all topics: what Recoup's own leave open is filled with valid charges of payments that no grain knows.", 2_000);
var bad = new Option<double>("--bad-records") { Description = "Bad records, a share of those that fill up.", DefaultValueFactory = _ => BadRecordPlan.DefaultShare };
var warmUp = new Option<int>("--warm-up") { Description = "Seconds of load before the measurement.", DefaultValueFactory = _ => 20 };
var seconds = new Option<int>("--seconds") { Description = "Seconds that are measured.", DefaultValueFactory = _ => 300 };
var noPipeline = new Option<bool>("--no-pipeline") { Description = "No transformations and no monitors, to see what they cost." };
var json = new Option<bool>("--json") { Description = "Print the figures as one JSON document instead of tables." };
seconds.Validators.Add(result =>
{
    if (result.GetValueOrDefault<int>() < 1)
    {
        result.AddError("--seconds must be at least 1.");
    }
});
var root = new RootCommand(
    """
    Measures the whole platform in one process under load: latency of each stage, CPU, memory, and whether every row and every minor unit is where it must be.

    Examples:
      dotnet run -c Release --project bench/Platform.Bench
      dotnet run -c Release --project bench/Platform.Bench -- --seconds 60 --json
      dotnet run -c Release --project bench/Platform.Bench -- --seconds 60 --payments-per-second 0 --no-pipeline

    It ends with 1 when a row was lost, a good record stands in quarantine, or the layers' money differs.
    """)
{
    payments, events, bad, warmUp, seconds, noPipeline, json,
};
root.SetAction(async (parsed, cancellationToken) =>
{
    var plan = new BenchPlan
    {
        PaymentsPerSecond = parsed.GetValue(payments),
        EventsPerSecond = parsed.GetValue(events),
        BadRecords = parsed.GetValue(bad),
        WarmUp = TimeSpan.FromSeconds(parsed.GetValue(warmUp)),
        Duration = TimeSpan.FromSeconds(parsed.GetValue(seconds)),
        HasPipeline = !parsed.GetValue(noPipeline),
    };
    var report = await BenchRun.MeasureAsync(plan, Console.Error, cancellationToken);
    if (parsed.GetValue(json))
    {
        Console.Out.WriteLine(report.ToJson());
    }
    else
    {
        ReportTables.Write(report);
    }

    return report.Violations.Count == 0 ? 0 : 1;
});
return await root.Parse(args).InvokeAsync();

static Option<double> Rate(string name, string description, double otherwise)
{
    var option = new Option<double>(name) { Description = description, DefaultValueFactory = _ => otherwise };
    option.Validators.Add(result =>
    {
        if (result.GetValueOrDefault<double>() is not (>= 0 and < 1_000_000))
        {
            result.AddError($"{name} must be 0 or more.");
        }
    });
    return option;
}

using System.CommandLine;
using System.Globalization;
using Recoup.Payments.Bench;
using Recoup.Payments.Bench.Reporting;
using Recoup.Payments.Bench.Silo;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var seconds = new Option<int>("--seconds") { Description = "How long each measurement takes.", DefaultValueFactory = _ => 5 };
var warmUp = new Option<int>("--warm-up") { Description = "Seconds of payments before the first one is measured.", DefaultValueFactory = _ => 20 };
var clients = new Option<int[]>("--clients")
{
    Description = "How many callers submit payments at once; several levels are measured one after the other.",
    DefaultValueFactory = _ => [16, 64, 256],
    AllowMultipleArgumentsPerToken = true,
};
var customers = new Option<int>("--customers") { Description = "Over how many customers the payments are spread.", DefaultValueFactory = _ => 5_000 };
var recoveries = new Option<int>("--recoveries") { Description = "How many payments are submitted that the issuer is about to decline.", DefaultValueFactory = _ => 2_000 };
var only = new Option<BenchPart[]>("--only")
{
    Description = "Measure these parts only.",
    DefaultValueFactory = _ => Enum.GetValues<BenchPart>(),
    AllowMultipleArgumentsPerToken = true,
};
var json = new Option<bool>("--json") { Description = "Print the figures as one JSON document instead of tables." };
foreach (var count in new[] { seconds, warmUp, customers, recoveries })
{
    count.Validators.Add(result =>
    {
        if (result.GetValueOrDefault<int>() < 1)
        {
            result.AddError($"{count.Name} must be at least 1.");
        }
    });
}

clients.Validators.Add(result =>
{
    if (result.GetValueOrDefault<int[]>()?.Any(static count => count < 1) == true)
    {
        result.AddError("--clients takes counts of at least 1, such as --clients 16 64.");
    }
});
var root = new RootCommand("Measures durable payments and recoveries a second beside this machine's own ceilings and PostgreSQL.")
{
    seconds, warmUp, clients, customers, recoveries, only, json,
};
root.SetAction(async (parsed, cancellationToken) =>
{
    var plan = new BenchPlan
    {
        Duration = TimeSpan.FromSeconds(parsed.GetValue(seconds)),
        WarmUp = TimeSpan.FromSeconds(parsed.GetValue(warmUp)),
        Clients = parsed.GetValue(clients)!,
        Customers = parsed.GetValue(customers),
        Recoveries = parsed.GetValue(recoveries),
        Parts = parsed.GetValue(only)!.ToHashSet(),
    };
    var report = await BenchRun.MeasureAsync(plan, Console.Error, cancellationToken);
    Console.Out.WriteLine(parsed.GetValue(json) ? report.ToJson() : "");
    if (!parsed.GetValue(json))
    {
        ReportTables.Write(report);
    }
});

var silo = new Command("silo", "The measured silo; the bench starts it itself.") { Hidden = true };
silo.SetAction(_ => MeasuredSilo.RunAsync());
root.Subcommands.Add(silo);
return await root.Parse(args).InvokeAsync();

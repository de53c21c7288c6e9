using System.CommandLine;
using System.Globalization;
using Recoup.Kafka.Bench;

// dotnet run -c Release --project bench/Kafka.Bench -- broker --records 2000000
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var records = new Option<int>("--records") { Description = "Records of 500 bytes for each run.", DefaultValueFactory = _ => 2_000_000 };
var singles = new Option<int>("--singles") { Description = "Single sends that are awaited one by one.", DefaultValueFactory = _ => 2_000 };
var folder = new Option<string>("--folder") { Description = "Folder for the data, on the disk to be measured.", DefaultValueFactory = _ => Path.GetTempPath() };
var broker = new Command("broker", "The broker alone: start, memory, produce, consume, single sends, with and without fsync, beside the disk.") { records, singles, folder };
broker.SetAction(parsed => BrokerRun.RunAsync(parsed.GetValue(records), parsed.GetValue(singles), parsed.GetValue(folder)!));
return await new RootCommand("Measures the embedded broker.") { broker }.Parse(args).InvokeAsync();

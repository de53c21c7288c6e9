using System.CommandLine;
using Recoup.Temporal.Bench;

var workflows = new Option<int>("--workflows") { Description = "How many workflows.", DefaultValueFactory = _ => 2_000 };
var clients = new Option<int>("--clients") { Description = "How many callers at once.", DefaultValueFactory = _ => 32 };
var kind = new Option<string>("--kind") { Description = "Only the kinds that begin so.", DefaultValueFactory = _ => "" };
var waiting = new Option<int>("--workflows") { Description = "How many workflows wait.", DefaultValueFactory = _ => 100_000 };
var throughputCommand = new Command("throughput", "Workflows a second, latency and CPU: empty, with 4 activities, with a timer too.") { workflows, clients, kind };
throughputCommand.SetAction(parsed => Throughput.RunAsync(parsed.GetValue(workflows), parsed.GetValue(clients), parsed.GetValue(kind)!));
var waitingCommand = new Command("waiting", "Memory of waiting workflows and restart time.") { waiting };
waitingCommand.SetAction(parsed => Waiting.RunAsync(parsed.GetValue(waiting)));
return await new RootCommand("Measures the embedded Temporal server through the SDK.") { throughputCommand, waitingCommand }.Parse(args).InvokeAsync();

using System.Globalization;
using Recoup.Iceberg.Bench;

// dotnet run -c Release --project bench/Iceberg.Bench -- [commits] [rows of the large table] [snapshots kept] [folder]
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var commits = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 10_000;
var rows = args.Length > 1 ? long.Parse(args[1], CultureInfo.InvariantCulture) : 10_000_000;
// As many as production keeps: two minutes of a batch every 0.4 s.
var snapshotsKept = args.Length > 2 ? int.Parse(args[2], CultureInfo.InvariantCulture) : 300;
using var lake = new BenchLake(args.Length > 3 ? args[3] : Path.GetTempPath());
Console.WriteLine($"load average: {(File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Trim() : "unknown")}");
Console.WriteLine($"disk: {DiskCeiling.MillisecondsPerFile(lake.Folder, TimeSpan.FromSeconds(1)):N2} ms for a flushed file of 4 KiB; a commit of two tables flushes six, and the catalog once");
await CommitBench.RunAsync(lake, commits, snapshotsKept);
await QueryBench.RunAsync(lake, rows);
Console.WriteLine($"load average: {(File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Trim() : "unknown")}");

using System.Globalization;
using Recoup.Storage.Bench;

// dotnet run -c Release --project bench/Storage.Bench -- [seconds a run] [folder]
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var seconds = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 5;
var folder = Directory.CreateDirectory(Path.Combine(args.Length > 1 ? args[1] : Path.GetTempPath(), $"storage-bench-{Environment.ProcessId}"));
try
{
    var ceiling = DiskCeiling.FlushesPerSecond(folder.FullName, TimeSpan.FromSeconds(2));
    Console.WriteLine($"disk: {ceiling:N0} flushes/s of one 4 KiB block, one after the other");
    Console.WriteLine("writers  writes/s   p50 ms   p99 ms   max ms  writes/flush of the disk's own rate");
    foreach (var writers in new[] { 1, 64, 512 })
    {
        var run = await StorageRun.MeasureAsync(Path.Combine(folder.FullName, $"{writers}.db"), writers, TimeSpan.FromSeconds(seconds));
        Console.WriteLine(
            $"{writers,7}  {run.WritesPerSecond,8:N0}  {run.Percentile(0.50),7:N2}  {run.Percentile(0.99),7:N2}  {run.Percentile(1),7:N1}  {run.WritesPerSecond / ceiling,6:N1}");
    }
}
finally
{
    folder.Delete(recursive: true);
}

using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Time.Testing;
using Recoup.Lakehouse.FlinkSql.Running;
using Recoup.Lakehouse.Iceberg.Catalogs;
using Recoup.Lakehouse.Iceberg.Maintenance;

namespace Recoup.Lakehouse.Tests.FlinkSql.Crash;

/// <summary>
/// Kills the validating process with SIGKILL at random moments under load, with compaction and expiry running in it. Afterwards each record of
/// Kafka is in bronze or quarantine exactly once, and still is when the orphans of the killed are gone.
/// </summary>
[TestClass]
public sealed class ValidationCrashTests
{
    private static readonly bool Full = Environment.GetEnvironmentVariable("RECOUP_FULL") == "1";

    public required TestContext TestContext { get; init; }

    [TestMethod]
    public async Task Validation_KilledAtRandomMoments_EachRecordIsInOneTableOnce()
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("RECOUP_SEED"), CultureInfo.InvariantCulture, out var given) ? given : Random.Shared.Next();
        var kills = Full ? 30 : 3;
        TestContext.WriteLine($"seed {seed} (RECOUP_SEED), {kills} kills");
        var random = new Random(seed);
        await using var broker = new RefundBroker();
        using var lake = await LakeFixture.CreateAsync();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.CancellationToken);
        var load = broker.ProduceUntilAsync(stop.Token);
        var (commits, compactions) = (0, 0);
        for (var kill = 0; kill < kills; kill++)
        {
            var said = await RunAndKillAsync(lake.Folder, broker.Address, random);
            commits += said.Count(line => line != ValidationProcess.Compacted);
            compactions += said.Count(line => line == ValidationProcess.Compacted);
        }

        await stop.CancelAsync();
        var produced = await load;
        await FinishAsync(lake, broker.Address);
        TestContext.WriteLine($"{produced.Values.Sum()} records, {commits} commits and {compactions} compactions before kills");
        Assert.IsGreaterThan(0, commits);
        Assert.IsGreaterThan(0, compactions);
        await AssertOnceAsync(lake, produced);
        await RemoveOrphansAsync(lake);
        await AssertOnceAsync(lake, produced);
    }

    /// <summary>Kills after so many lines and a moment: the count makes a slow machine test the same, the moment lets the kill fall anywhere.</summary>
    private async Task<List<string>> RunAndKillAsync(string folder, string address, Random random)
    {
        using var process = Start(ValidationProcess.Command, folder, address);
        var lines = new List<string>();
        for (var left = random.Next(10, 60); left > 0; left--)
        {
            lines.Add(await process.StandardOutput.ReadLineAsync(TestContext.CancellationToken) ?? throw new InvalidOperationException("The process ended by itself."));
        }

        await Task.Delay(TimeSpan.FromMilliseconds(random.Next(100)), TestContext.CancellationToken);
        process.Kill();
        await process.WaitForExitAsync(TestContext.CancellationToken);
        return lines;
    }

    private static Process Start(params string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, arguments) { RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath!) == "dotnet")
        {
            start.ArgumentList.Insert(0, typeof(ValidationCrashTests).Assembly.Location);
        }

        return Process.Start(start)!;
    }

    private async Task FinishAsync(LakeFixture lake, string address)
    {
        var sink = await IcebergTableSink.OpenAsync(lake.Catalog, ValidationProcess.Plan, TimeProvider.System, TestContext.CancellationToken);
        using var runner = ValidationProcess.Runner(sink, address, new ScriptRunnerOptions());
        await runner.RunToEndAsync(TestContext.CancellationToken);
    }

    /// <summary>As if it were tomorrow: what no snapshot names is old enough to go.</summary>
    private async Task RemoveOrphansAsync(LakeFixture lake)
    {
        var tomorrow = new FakeTimeProvider(TimeProvider.System.GetUtcNow().AddDays(1));
        var orphans = 0;
        foreach (var table in new[] { "payment_refunds", "quarantine_payment_refunds" })
        {
            orphans += (await new OrphanRemoval(lake.Catalog, tomorrow).RemoveAsync(new TableIdentifier("bronze", table), OrphanRemoval.ShortestAge)).Count;
        }

        TestContext.WriteLine($"{orphans} orphans removed");
    }

    private static async Task AssertOnceAsync(LakeFixture lake, IReadOnlyDictionary<int, long> produced)
    {
        var rows = (await lake.RecordsAsync("payment_refunds")).Concat(await lake.RecordsAsync("quarantine_payment_refunds")).ToLookup(row => row.Partition, row => row.Offset);
        foreach (var (partition, records) in produced)
        {
            var offsets = rows[partition].Order().ToList();
            Assert.AreEqual(records, offsets.Count, $"rows of partition {partition}");
            Assert.IsTrue(offsets.Index().All(row => row.Index == row.Item), $"partition {partition} has an offset twice and another not at all");
        }
    }
}

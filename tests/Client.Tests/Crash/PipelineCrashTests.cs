using System.Diagnostics;
using System.Text.Json;
using Recoup.Client.CommandLine;
using Recoup.Payments;
using Recoup.Pipeline;

namespace Recoup.Client.Tests.Crash;

/// <summary>
/// Kills a real silo with SIGKILL while it builds silver and gold under load: when some of its tables are new and the others are not, when a file has been
/// begun whose commit is still to come, or at any moment of the build. Whatever the moment, every table can be read whole from the files alone, and the
/// next silo completes the run by itself. In the end one run that sees everything passes all of dbt's tests, and no layer has a payment or a minor unit
/// more or less than another. <c>RECOUP_SEED</c> repeats the moments, <c>RECOUP_FULL=1</c> kills more often.
/// </summary>
[TestClass]
public sealed class PipelineCrashTests
{
    /// <summary>No calendar: the runs are those that the test asks for.</summary>
    private const string Never = "Never";

    /// <summary>
    /// Nothing falls due in the minutes that are left, so bronze and gold can be compared to the last row. At 1 business time would be the wall clock's,
    /// and everything due at once.
    /// </summary>
    private const int Still = 2;

    public required TestContext TestContext { get; set; }

    [TestMethod]
    [TestCategory("Crash")]
    public async Task Silo_KilledWhileBuildingTheLake_LeavesReadableTablesAndCompletesTheRun()
    {
        var plan = KillPlan.Make(TestContext, few: 3, many: 20);
        var (seed, kills) = (plan.Seed, plan.Count);
        var stop = TestContext.CancellationToken;
        var folder = Directory.CreateTempSubdirectory("recoup-builds-").FullName;
        var acknowledged = Path.Combine(folder, "acknowledged.txt");
        using var silo = new SiloProcess(folder, seed, Never);
        await silo.StartAsync(stop);
        using var load = new SimulatedLoad(silo.Gateway, folder, acknowledged);
        load.GoOn();
        await load.UntilAcknowledgedAsync(stop);

        var (moments, amidBuilds) = (new BuildMoments(silo, plan.Random), 0);
        for (var kill = 1; kill <= kills; kill++)
        {
            var context = $"seed {seed}, kill {kill}";
            var left = await KillAmidRunAsync(silo, moments, kill, context, stop);
            amidBuilds += left is { Steps.Count: 0, EndedAt: null } ? 1 : 0;
            if (kill == kills)
            {
                load.Dispose();
                silo.ClockScale = Still;
            }

            await silo.StartAsync(stop);
            if (kill < kills)
            {
                load.GoOn();
            }

            await AssertCompletesAsync(silo, left, context, stop);
        }

        Assert.IsGreaterThanOrEqualTo((kills + 1) / 2, amidBuilds, $"seed {seed}: kills that hit a build");
        await AssertLastRunAsync(silo, seed, stop);
        await silo.KillAsync(stop);
        await AssertSameInAllLayersAsync(silo, seed, stop);
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>Asks for a run, kills the silo during it, and looks at what it left.</summary>
    /// <returns>The run as it stood on disk.</returns>
    private async Task<PipelineRun> KillAmidRunAsync(SiloProcess silo, BuildMoments moments, int kill, string context, CancellationToken stop)
    {
        var before = TableStandings.Read(silo.DataFolder, withSequenceNumbers: true);
        var coming = moments.ComeAsync(kill, before, stop);
        var asking = RunAsync(silo, "pipeline", "run", "--no-wait");
        var moment = await coming;
        await silo.KillAsync(stop);
        await asking;

        var pipeline = Books.Pipeline(silo.DataFolder)!;
        var left = pipeline.Current ?? pipeline.History[0];
        using var lake = new LakeOnDisk(silo.DataFolder);
        var (tables, rows) = await lake.AssertReadableAsync(before, context, stop);
        await AssertKeysAsync(lake, context, stop);
        TestContext.WriteLine(
            $"{context}: {moment}; run {left.Number} with {left.Steps.Count} steps ended, "
            + $"{TableStandings.Read(silo.DataFolder, withSequenceNumbers: false).MovedSince(before)} tables of it stood; {tables} tables with {rows} rows read");
        return left;
    }

    /// <summary>The run that died is taken up and ends well, and nobody has asked for it.</summary>
    private async Task AssertCompletesAsync(SiloProcess silo, PipelineRun left, string context, CancellationToken stop)
    {
        var began = Stopwatch.GetTimestamp();
        await Patience.UntilAsync(() => Ended(silo, left.Number) is not null, $"{context}: run {left.Number} has ended", stop);
        var run = Ended(silo, left.Number)!;
        Assert.AreEqual(left.EndedAt is null ? 1 : 0, run.TakenUp, $"{context}: how often run {run.Number} was taken up");
        AssertSucceeded(run, context);
        TestContext.WriteLine($"{context}: run {run.Number} ended {Stopwatch.GetElapsedTime(began).TotalSeconds:0.00} s after the start, its build took {run.Steps[0].Elapsed.TotalSeconds:0.00} s");
    }

    /// <summary>When every event is in the log: all of dbt's tests pass, and grains, bronze, silver and gold do not differ.</summary>
    private async Task AssertLastRunAsync(SiloProcess silo, int seed, CancellationToken stop)
    {
        await Patience.UntilAsync(() => Books.FirstUnpublished(silo.DataFolder).Count == 0 && Books.Payments(silo.DataFolder).Values.All(HasResult), $"seed {seed}: every first attempt has a result, and every event is in the log", stop);
        var (code, run) = await RunAsync(silo, "pipeline", "run");
        Assert.AreEqual(ExitCodes.Success, code, $"seed {seed}: {run}");
        var nodes = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(silo.DataFolder, "dbt", "run_results.json"), stop)).RootElement.GetProperty("results")
            .EnumerateArray().CountBy(node => node.GetProperty("status").GetString()!).ToDictionary(StringComparer.Ordinal);
        Assert.IsEmpty(nodes.Keys.Except(["success", "pass"]), $"seed {seed}: {run}");
        Assert.IsGreaterThan(0, nodes["pass"], "dbt's tests");

        var readings = Books.Pipeline(silo.DataFolder)!.Readings.Where(reading => reading.Monitor == "reconciliation").ToList();
        foreach (var subject in new[] { "published_", "collected_", "silver_", "gold_" })
        {
            Assert.IsTrue(readings.Exists(reading => reading.Subject.StartsWith(subject, StringComparison.Ordinal)), $"seed {seed}: nothing compares {subject}");
        }

        var different = readings.Where(reading => reading.Severity != Severity.Ok || reading.Value != 0).Select(reading => $"{reading.Subject}: {reading.Summary}");
        Assert.AreEqual("", string.Join("; ", different), $"seed {seed}");
        TestContext.WriteLine($"last run: {nodes["success"]} models and seeds, {nodes["pass"]} tests passed; {readings.Count} reconciliations without a difference");
    }

    private async Task AssertSameInAllLayersAsync(SiloProcess silo, int seed, CancellationToken stop)
    {
        using var lake = new LakeOnDisk(silo.DataFolder);
        await AssertKeysAsync(lake, $"seed {seed}", stop);
        var bronze = await FirstsAsync(lake, "select distinct payment_id from bronze.payment_charges", stop);
        var gold = await FirstsAsync(lake, "select payment_id from gold.fct_payments", stop);
        Assert.IsEmpty(bronze.Except(gold), $"seed {seed}: in bronze and not in gold");
        Assert.IsEmpty(Books.ToldEvents(silo.DataFolder).Where(told => told.Events > 0).Select(told => told.PaymentId).Except(gold), $"seed {seed}: a grain has told of it, and gold does not know it");
        Assert.IsEmpty(Books.KeptCharges(silo.DataFolder).Where(charges => charges.Value > 1), $"seed {seed}: charged twice");
        TestContext.WriteLine($"{bronze.Count} payments in bronze, {gold.Count} in gold");
    }

    /// <summary>No table is half of one state and half of another: then a key would be there twice.</summary>
    private static async Task AssertKeysAsync(LakeOnDisk lake, string context, CancellationToken stop)
    {
        var tables = await FirstsAsync(lake, "select concat(table_schema, '.', table_name) from information_schema.tables", stop);
        foreach (var (table, key) in new[] { ("silver.payments", "event_id"), ("gold.fct_payments", "payment_id") }.Where(one => tables.Contains(one.Item1)))
        {
            Assert.IsEmpty(await FirstsAsync(lake, $"select {key} from {table} group by {key} having count(*) > 1", stop), $"{context}: twice in {table}");
        }
    }

    private static async Task<IReadOnlyList<string>> FirstsAsync(LakeOnDisk lake, string sql, CancellationToken stop) => [.. (await lake.RowsAsync(sql, stop)).Select(row => row[0]!)];

    private static bool HasResult((PaymentStatus Status, bool PaidElsewhere) payment) => payment.Status is not (PaymentStatus.Submitted or PaymentStatus.Charging);

    private static PipelineRun? Ended(SiloProcess silo, long number) => Books.Pipeline(silo.DataFolder)!.History.FirstOrDefault(run => run.Number == number);

    private static void AssertSucceeded(PipelineRun run, string context) =>
        Assert.IsTrue(run.Succeeded, $"{context}: run {run.Number}: {string.Join("; ", run.Steps.Select(step => $"{step.Name} {step.Succeeded}: {step.Summary}"))}");

    private static async Task<(int Code, string Document)> RunAsync(SiloProcess silo, params string[] arguments)
    {
        using var output = new StringWriter();
        var code = await RecoupCommandLine.RunAsync([.. arguments, "--json", "--gateway", silo.Gateway], output, TextWriter.Null, EnvironmentSettings.Empty());
        return (code, output.ToString());
    }
}

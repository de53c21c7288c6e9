using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace Recoup.Embedded.Kafka.Tests.Conformance;

/// <summary>Runs the conformance kit, which compares every answer with what Apache Kafka said, and its kafkajs scenarios, against the program.</summary>
[TestClass]
[TestCategory("Golden")]
public sealed class ConformanceKitTests
{
    /// <summary>Kafka opens a compressed batch and fails with an unknown error; here it is stored as it came (see the room's README).</summary>
    private static readonly string[] DecidedOtherwise = ["produce-v7-codec-says-gzip-but-plain", "produce-v7-gzip-garbage"];

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public async Task Kit_AllScenarios_PassButThoseDecidedOtherwise()
    {
        var kit = SharedData.Path("conformance", "kafka");
        using var folder = new TemporaryFolder();
        var copy = folder.File("kit");
        Copy(kit, copy);
        OrderScenarios(Path.Combine(copy, "scenarios"));
        if (await RunAsync(copy, "npm", "ci") is not { Code: 0 })
        {
            Assert.Inconclusive("npm ci failed or npm is missing: the kit needs Node 20 and its packages.");
        }

        await using var broker = new BrokerProcess(folder.File("data"));
        await broker.StartAsync();
        using var restarter = new Restarter(broker, folder);

        var run = await RunAsync(copy, "node", "run.mjs", "--bootstrap", broker.Address, "--restart-cmd", restarter.Command) ?? throw new InvalidOperationException("node is missing though npm is there");

        var lines = run.Output.Split('\n');
        var failed = lines.Where(line => line.StartsWith("fail", StringComparison.Ordinal)).Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]).Order(StringComparer.Ordinal).ToArray();
        CollectionAssert.AreEqual(DecidedOtherwise, failed, "see the output for the differences");
        Assert.IsGreaterThan(400, lines.Count(line => line.StartsWith("pass", StringComparison.Ordinal)));
        Assert.IsFalse(lines.Any(line => line.StartsWith("skip", StringComparison.Ordinal)), "a scenario was skipped");
    }

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.GetFiles(from, "*", SearchOption.AllDirectories).Where(file => !file.Contains("node_modules", StringComparison.Ordinal)))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }

    private static void OrderScenarios(string scenarios)
    {
        foreach (var file in Directory.GetFiles(scenarios, "*.jsonl"))
        {
            File.WriteAllLines(file, File.ReadAllLines(file).Select(line => line.Length == 0 ? line : ScenarioOrder.Ordered(line)));
        }
    }

    private async Task<(int Code, string Output)?> RunAsync(string folder, string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true })!;
            var error = process.StandardError.ReadToEndAsync(TestContext.CancellationToken);
            var output = await process.StandardOutput.ReadToEndAsync(TestContext.CancellationToken);
            await process.WaitForExitAsync(TestContext.CancellationToken);
            TestContext.WriteLine(output);
            TestContext.WriteLine(await error);
            return (process.ExitCode, output);
        }
        catch (Win32Exception)
        {
            return null; // The program is not installed.
        }
    }

    /// <summary>
    /// The kit restarts the broker by a command; the command asks this process, which owns the broker, through two files. Kafka was stopped
    /// cleanly when its answers were recorded, so the broker is too; <see cref="Crash.CrashTests"/> has the other kind.
    /// </summary>
    private sealed class Restarter : IDisposable
    {
        private readonly FileSystemWatcher watcher;
        private readonly BrokerProcess broker;
        private readonly string request;
        private readonly string done;

        public Restarter(BrokerProcess broker, TemporaryFolder folder)
        {
            this.broker = broker;
            Directory.CreateDirectory(folder.File("restart"));
            request = Path.Combine(folder.File("restart"), "request");
            done = Path.Combine(folder.File("restart"), "done");
            watcher = new FileSystemWatcher(folder.File("restart"), "request");
            watcher.Created += OnRequested;
            watcher.EnableRaisingEvents = true;
        }

        public string Command => string.Create(CultureInfo.InvariantCulture, $"rm -f '{done}'; touch '{request}'; while [ ! -f '{done}' ]; do sleep 0.05; done");

        public void Dispose() => watcher.Dispose();

        private async void OnRequested(object sender, FileSystemEventArgs requested)
        {
            await broker.StopAsync();
            await broker.StartAsync();
            File.Delete(request);
            await File.WriteAllTextAsync(done, "");
        }
    }
}

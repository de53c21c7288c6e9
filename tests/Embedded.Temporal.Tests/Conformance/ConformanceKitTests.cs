using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace Recoup.Embedded.Temporal.Tests.Conformance;

/// <summary>Runs the conformance kit, which compares every answer with what Temporal's own server said, against the program.</summary>
[TestClass]
[TestCategory("Golden")]
public sealed class ConformanceKitTests
{
    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public async Task Kit_AllScenariosAndRefusals_Pass()
    {
        var kit = Path.Combine(SharedFolder(), "conformance", "temporal");
        if (!Directory.Exists(kit))
        {
            Assert.Inconclusive($"{kit} is missing: set RECOUP_SHARED to the folder that holds conformance/temporal.");
        }

        using var folder = new TemporaryFolder();
        var copy = folder.File("kit");
        Copy(kit, copy);
        if (await RunAsync(copy, "npm", "ci") is not 0)
        {
            Assert.Inconclusive("npm ci failed or npm is missing: the kit needs Node 20 and its packages.");
        }

        await using var server = new ServerProcess(folder.File("kit.db"));
        await server.StartAsync();
        await using var restarter = new Restarter(server, folder);

        Assert.AreEqual(0, await RunAsync(copy, "node", "run.mjs", "--address", server.Address, "--restart-cmd", restarter.Command), "a scenario failed: see the output");
        Assert.AreEqual(0, await RunAsync(copy, "node", "run.mjs", "--address", server.Address, "--group", "refusals"), "a refusal failed: see the output");
    }

    private static string SharedFolder() => Environment.GetEnvironmentVariable("RECOUP_SHARED") ?? Path.Combine(RepositoryRoot(), "..", "shared");

    private static string RepositoryRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Recoup.slnx")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("Recoup.slnx was not found above the test's folder.");
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

    private async Task<int?> RunAsync(string folder, string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true })!;
            var error = process.StandardError.ReadToEndAsync(TestContext.CancellationToken);
            TestContext.WriteLine(await process.StandardOutput.ReadToEndAsync(TestContext.CancellationToken));
            await process.WaitForExitAsync(TestContext.CancellationToken);
            TestContext.WriteLine(await error);
            return process.ExitCode;
        }
        catch (Win32Exception)
        {
            return null; // The program is not installed.
        }
    }

    /// <summary>The kit restarts the server by a command; the command asks this process, which owns the server, through two files.</summary>
    private sealed class Restarter : IAsyncDisposable
    {
        private readonly FileSystemWatcher watcher;
        private readonly ServerProcess server;
        private readonly string request;
        private readonly string done;

        public Restarter(ServerProcess server, TemporaryFolder folder)
        {
            this.server = server;
            Directory.CreateDirectory(folder.File("restart"));
            request = Path.Combine(folder.File("restart"), "request");
            done = Path.Combine(folder.File("restart"), "done");
            watcher = new FileSystemWatcher(folder.File("restart"), "request");
            watcher.Created += OnRequested;
            watcher.EnableRaisingEvents = true;
        }

        public string Command => string.Create(CultureInfo.InvariantCulture, $"rm -f '{done}'; touch '{request}'; while [ ! -f '{done}' ]; do sleep 0.05; done");

        public ValueTask DisposeAsync()
        {
            watcher.Dispose();
            return ValueTask.CompletedTask;
        }

        private async void OnRequested(object sender, FileSystemEventArgs requested)
        {
            await server.KillAsync();
            await server.StartAsync();
            File.Delete(request);
            await File.WriteAllTextAsync(done, "");
        }
    }
}

using System.ComponentModel;
using System.Diagnostics;
using Recoup.Embedded.Kafka.Hosting;

namespace Recoup.Embedded.Kafka.Tests.Clients;

/// <summary>kcat, the command line that people use to look into a broker.</summary>
[TestClass]
public sealed class KcatTests
{
    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public async Task Kcat_ProducesConsumesJoinsAGroupAndLists()
    {
        using var folder = new TemporaryFolder();
        await using var broker = EmbeddedKafkaServer.Start(new EmbeddedKafkaOptions { DataFolder = folder.File("data"), Port = 0, Topics = { ["t"] = 2 } });

        await RunAsync("k1:one\nk2:two\nk1:three\n", "-b", broker.Address, "-P", "-t", "t", "-K", ":", "-z", "gzip", "-H", "source=kcat");

        var consumed = await RunAsync("", "-b", broker.Address, "-C", "-t", "t", "-o", "beginning", "-e", "-q", "-K", ":");
        CollectionAssert.AreEquivalent(new[] { "k1:one", "k2:two", "k1:three" }, consumed.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        var group = await RunAsync("", "-b", broker.Address, "-G", "g", "-c", "3", "-q", "-X", "auto.offset.reset=earliest", "t");
        CollectionAssert.AreEquivalent(new[] { "one", "two", "three" }, group.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        var listed = await RunAsync("", "-b", broker.Address, "-L");
        StringAssert.Contains(listed, "topic \"t\" with 2 partitions");
        StringAssert.Contains(await RunAsync("", "-b", broker.Address, "-Q", "-t", "t:0:-2"), "offset 0");
    }

    private async Task<string> RunAsync(string input, params string[] arguments)
    {
        Process process;
        try
        {
            process = Process.Start(new ProcessStartInfo("kcat", arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })!;
        }
        catch (Win32Exception)
        {
            Assert.Inconclusive("kcat is not installed (Debian package kcat).");
            throw;
        }

        using (process)
        {
            var error = process.StandardError.ReadToEndAsync(TestContext.CancellationToken);
            await process.StandardInput.WriteAsync(input);
            process.StandardInput.Close();
            var output = await process.StandardOutput.ReadToEndAsync(TestContext.CancellationToken);
            await process.WaitForExitAsync(TestContext.CancellationToken);
            Assert.AreEqual(0, process.ExitCode, await error);
            return output;
        }
    }
}

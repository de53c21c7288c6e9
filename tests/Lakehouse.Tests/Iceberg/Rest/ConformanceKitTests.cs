using Recoup.Lakehouse.Tests.Iceberg.Golden;

namespace Recoup.Lakehouse.Tests.Iceberg.Rest;

/// <summary>Runs the conformance kit, whose truth is Iceberg's own reference server, against the endpoint.</summary>
[TestClass]
[TestCategory("Golden")]
public sealed class ConformanceKitTests
{
    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public async Task Kit_Strict_Passes()
    {
        var kit = Shared.Folder("conformance", "iceberg-rest");
        using var lake = new Lake();
        await using var server = await RestServer.StartAsync(lake.Catalog);

        var (exitCode, output) = await Node.RunAsync(lake.Folder, "node", [Path.Combine(kit, "run.mjs"), "--uri", server.Uri, "--strict"], TestContext.CancellationToken);

        TestContext.WriteLine(output);
        Assert.AreEqual(0, exitCode, output);
    }
}

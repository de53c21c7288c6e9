namespace Recoup.Lakehouse.Tests.Iceberg.Oracles;

/// <summary>The readers' packages, installed once beside the tests; a test that needs them is skipped by name where they cannot be had.</summary>
internal static class OracleModules
{
    private static readonly SemaphoreSlim First = new(1, 1);

    /// <summary>The folder with the packages and the script.</summary>
    public static async Task<string> InstallAsync(CancellationToken cancellation)
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "Iceberg", "Oracles");
        await First.WaitAsync(cancellation);
        try
        {
            // The mark is made last, so that an installation that was broken off is made again.
            var mark = Path.Combine(folder, "node_modules", ".installed");
            if (!File.Exists(mark))
            {
                var (exitCode, output) = await Node.RunAsync(folder, "npm", ["install", "--no-package-lock", "--no-audit", "--no-fund"], cancellation);
                if (exitCode is not 0)
                {
                    Assert.Inconclusive($"The packages icebird and chdb could not be installed: {output}");
                }

                await File.WriteAllTextAsync(mark, "", cancellation);
            }

            return folder;
        }
        finally
        {
            First.Release();
        }
    }
}

namespace Recoup.Embedded.Kafka.Tests;

/// <summary>The data that stands beside the repository, or where RECOUP_SHARED says; without it a test is skipped by name.</summary>
internal static class SharedData
{
    public static string Path(params string[] parts)
    {
        var path = System.IO.Path.Combine([Environment.GetEnvironmentVariable("RECOUP_SHARED") ?? System.IO.Path.Combine(RepositoryRoot(), "..", "shared"), .. parts]);
        if (!File.Exists(path) && !Directory.Exists(path))
        {
            Assert.Inconclusive($"{path} is missing: set RECOUP_SHARED to the folder that holds it.");
        }

        return path;
    }

    private static string RepositoryRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(System.IO.Path.Combine(folder.FullName, "Recoup.slnx")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("Recoup.slnx was not found above the test's folder.");
    }
}

namespace Recoup.Lakehouse.Tests.Iceberg.Golden;

/// <summary>The recorded answers of real engines, beside the repository or where RECOUP_SHARED says.</summary>
internal static class Shared
{
    /// <summary>A folder below <c>shared</c>; a test that needs it is skipped where it is missing.</summary>
    public static string Folder(params string[] parts)
    {
        var folder = PathOf(parts);
        if (!Path.Exists(folder))
        {
            Assert.Inconclusive($"{folder} is missing: set RECOUP_SHARED to the folder that holds {string.Join('/', parts)}.");
        }

        return folder;
    }

    /// <summary>Lines of a file, or one empty mark where it is missing, so that the test shows up as skipped.</summary>
    public static IEnumerable<string> Lines(params string[] parts) =>
        PathOf(parts) is var path && File.Exists(path) ? File.ReadLines(path) : [""];

    /// <summary>Where a folder or file would be.</summary>
    public static string PathOf(params string[] parts) => Path.Combine([Root(), .. parts]);

    private static string Root() => Environment.GetEnvironmentVariable("RECOUP_SHARED") ?? Path.Combine(RepositoryRoot(), "..", "shared");

    private static string RepositoryRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Recoup.slnx")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("Recoup.slnx was not found above the test's folder.");
    }
}

namespace Recoup.Client.Tests.Histories;

/// <summary>Histories of the real server: <c>../shared</c> beside the repository, or the folder that RECOUP_SHARED names.</summary>
internal static class Golden
{
    public static string? FindHistories()
    {
        var shared = Environment.GetEnvironmentVariable("RECOUP_SHARED");
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); shared is null && folder is not null; folder = folder.Parent)
        {
            var beside = Path.Combine(folder.FullName, "..", "shared");
            shared = File.Exists(Path.Combine(folder.FullName, "Recoup.slnx")) && Directory.Exists(beside) ? beside : null;
        }

        var histories = shared is null ? null : Path.Combine(shared, "golden", "temporal", "histories");
        return Directory.Exists(histories) ? histories : null;
    }
}

using System.Diagnostics;

namespace Recoup.Storage.Sqlite.Tests.Crash;

/// <summary>This executable once more, in another role.</summary>
internal static class ChildProcess
{
    public static Process Start(params string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, arguments) { RedirectStandardOutput = true, RedirectStandardInput = true };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath!) == "dotnet")
        {
            start.ArgumentList.Insert(0, typeof(ChildProcess).Assembly.Location);
        }

        return Process.Start(start)!;
    }

    /// <summary>SIGKILL: no handler runs, no buffer is flushed.</summary>
    public static void KillAndWait(this Process process)
    {
        process.Kill();
        process.WaitForExit();
    }
}

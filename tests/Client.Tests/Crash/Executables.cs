using System.Diagnostics;

namespace Recoup.Client.Tests.Crash;

/// <summary>The product's programs, as the build left them beside the tests.</summary>
internal static class Executables
{
    /// <summary>Starts <c>Recoup.{project}</c>; what it prints is appended to a file.</summary>
    public static Process Start(string project, string log, IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        var program = Path.Combine(folder.Parent!.Parent!.FullName, project, folder.Name, $"Recoup.{project}.dll");
        var start = new ProcessStartInfo("dotnet", [program, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetDirectoryName(log)!,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var process = Process.Start(start)!;
        var writing = new Lock();
        process.OutputDataReceived += Append;
        process.ErrorDataReceived += Append;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;

        void Append(object sender, DataReceivedEventArgs line)
        {
            lock (writing)
            {
                File.AppendAllText(log, line.Data + "\n");
            }
        }
    }
}

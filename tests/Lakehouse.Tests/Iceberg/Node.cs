using System.ComponentModel;
using System.Diagnostics;

namespace Recoup.Lakehouse.Tests.Iceberg;

/// <summary>Runs a program of Node; a test that needs it is skipped where it is not installed.</summary>
internal static class Node
{
    public static async Task<(int ExitCode, string Output)> RunAsync(string folder, string program, string[] arguments, CancellationToken cancellation)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true })!;
            var error = process.StandardError.ReadToEndAsync(cancellation);
            var output = await process.StandardOutput.ReadToEndAsync(cancellation);
            await process.WaitForExitAsync(cancellation);
            return (process.ExitCode, output + await error);
        }
        catch (Win32Exception)
        {
            Assert.Inconclusive($"{program} is not installed: Node 20 is needed.");
            throw;
        }
    }
}

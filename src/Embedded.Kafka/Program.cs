using System.CommandLine;
using System.CommandLine.Invocation;

namespace Recoup.Embedded.Kafka.Hosting;

/// <summary>
/// The broker as a program. Written out, because the compiler's own class for top-level statements is public, and documented by the same name in every
/// web project: the OpenAPI document of a host that references two of them cannot be made.
/// </summary>
internal static class Program
{
    private static async Task<int> Main(string[] args)
    {
        var parsed = BrokerCommand.Create().Parse(args);
        if (parsed.Action is ParseErrorAction error)
        {
            error.ShowHelp = false; // One line that names the flag is enough.
        }

        // Clients get the answers that are due, and every log a checkpoint, before the process ends.
        return await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(30) });
    }
}

using Microsoft.Extensions.Logging;
using Recoup.Silo.Hosting;

namespace Recoup.Payments.Bench.Silo;

/// <summary>The child process: the whole platform as <c>src/Silo</c> puts it together, plus the probe grain that lives in this assembly.</summary>
internal static class MeasuredSilo
{
    public const string Ready = "silo ready";

    /// <summary>Runs until standard input ends, which it does with the bench, however that ends.</summary>
    public static async Task<int> RunAsync()
    {
        try
        {
            await using var host = RecoupHost.Build([], customise: static builder => builder.Logging.AddSimpleConsole(static console => console.SingleLine = true));
            await host.StartAsync(CancellationToken.None);
            await Console.Out.WriteLineAsync(Ready);
            while (await Console.In.ReadLineAsync() is not null)
            {
                // Nothing is said to it.
            }

            await host.StopAsync(CancellationToken.None);
            return 0;
        }
        catch (Exception exception) when (StartFailure.Explain(exception) is { } line)
        {
            await Console.Error.WriteLineAsync(line);
            return StartFailure.ExitCode;
        }
    }
}

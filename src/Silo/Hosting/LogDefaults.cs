using Recoup.Silo.Settings;

namespace Recoup.Silo.Hosting;

/// <summary>What is said when nobody has set <c>Logging__...</c>: our own news, others' warnings. Requests are not logged: their paths carry ids.</summary>
internal static class LogDefaults
{
    public static void AddLogDefaults(this WebApplicationBuilder builder, RecoupSettings settings)
    {
        // Below every other source, so that any setting outranks these.
        builder.Configuration.Sources.Insert(0, new Microsoft.Extensions.Configuration.Memory.MemoryConfigurationSource
        {
            InitialData = new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                ["Logging:LogLevel:Default"] = "Warning",
                ["Logging:LogLevel:Recoup"] = "Information",
                // Its first check measures from the machine's start, and warns of hours that nobody waited.
                ["Logging:LogLevel:Orleans.Runtime.Watchdog"] = "Error",
                // A start that fails is told in one line by whoever started it; this category would put a page of stack before it.
                ["Logging:LogLevel:Microsoft.Extensions.Hosting.Internal.Host"] = "Critical",
                // A page that a browser has open must not reach the API under a name of its own (DNS rebinding).
                ["AllowedHosts"] = settings.Http.IsLoopback ? $"localhost;127.0.0.1;[::1];{settings.Http.Address}" : "*",
            },
        });
    }
}

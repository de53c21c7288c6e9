using System.CommandLine;
using System.Globalization;

namespace Recoup.Embedded.Temporal.Hosting;

/// <summary>The command line of the program: the flags of the real development server that mean something here, and those that its callers pass.</summary>
internal static class StartDevCommand
{
    private const string SuggestContinueAsNew = "limit.historyCount.suggestContinueAsNew";

    private const string Examples = """
        A small, durable development server for Temporal's SDKs.

        Examples:
          server start-dev
          server start-dev --port 7233 --namespace default --db-filename ./temporal.db
          server start-dev --search-attribute PaymentId=Keyword --search-attribute Amount=Int
        """;

    public static RootCommand Create()
    {
        var startDev = new Command("start-dev", "Starts the server and runs until it is told to stop (Ctrl-C).");
        var ip = new Option<string>("--ip") { Description = "IP address to listen on.", DefaultValueFactory = _ => "127.0.0.1" };
        var port = new Option<int>("--port", "-p") { Description = "Port to listen on; 0 takes a free one.", DefaultValueFactory = _ => 7233 };
        var file = new Option<string?>("--db-filename", "-f") { Description = "Database file. Without it everything is gone when the server stops." };
        var namespaces = new Option<string[]>("--namespace", "-n") { Description = "Namespace to create beside 'default'; may be repeated.", DefaultValueFactory = _ => [] };
        var attributes = new Option<string[]>("--search-attribute") { Description = "Search attribute as Name=Type; may be repeated.", DefaultValueFactory = _ => [] };
        var retention = new Option<TimeSpan>("--retention") { Description = "How long closed workflows are kept, as [days.]hours:minutes:seconds.", DefaultValueFactory = _ => TimeSpan.FromDays(1) };
        var floor = new Option<TimeSpan>("--timer-floor") { Description = "No timer comes sooner than this after it was set; the real server's is about a second. 00:00:00 is exact.", DefaultValueFactory = _ => TimeSpan.FromSeconds(1) };
        var level = new Option<string>("--log-level") { Description = "debug, info, warn, error or never.", DefaultValueFactory = _ => "warn" };
        var dynamic = new Option<string[]>("--dynamic-config-value") { Description = $"{SuggestContinueAsNew}=N is understood, other keys have no effect here; may be repeated.", DefaultValueFactory = _ => [] };
        var ignored = IgnoredOptions();
        foreach (var option in new Option[] { ip, port, file, namespaces, attributes, retention, floor, level, dynamic }.Concat(ignored))
        {
            startDev.Options.Add(option);
        }

        startDev.SetAction(async (parsed, cancelled) =>
        {
            var options = new EmbeddedTemporalOptions { Address = parsed.GetValue(ip)!, Port = parsed.GetValue(port), DatabaseFile = parsed.GetValue(file), Retention = parsed.GetValue(retention), TimerFloor = parsed.GetValue(floor) };
            foreach (var name in parsed.GetValue(namespaces)!)
            {
                options.Namespaces.Add(name);
            }

            foreach (var value in parsed.GetValue(dynamic)!)
            {
                Apply(value, options);
            }

            return await RunAsync(options, parsed.GetValue(attributes)!, parsed.GetValue(level)!, cancelled);
        });
        return new RootCommand(Examples) { new Command("server", "The server.") { startDev } };
    }

    /// <summary>The one dynamic setting of the real server that changes what workers see.</summary>
    private static void Apply(string dynamicValue, EmbeddedTemporalOptions options)
    {
        var parts = dynamicValue.Split('=', 2);
        if (parts[0].Equals(SuggestContinueAsNew, StringComparison.OrdinalIgnoreCase) && parts.Length == 2 && int.TryParse(parts[1], CultureInfo.InvariantCulture, out var events))
        {
            options.SuggestContinueAsNewEvents = events;
        }
    }

    /// <summary>The SDKs and scripts pass these to the real server; here they have nothing to set.</summary>
    private static IEnumerable<Option> IgnoredOptions()
    {
        yield return new Option<bool>("--headless") { Description = "Accepted; there is no web page here in any case." };
        foreach (var name in new[] { "--log-format", "--ui-port", "--ui-ip", "--metrics-port", "--http-port" })
        {
            yield return new Option<string>(name) { Description = "Accepted without effect." };
        }

        yield return new Option<string[]>("--sqlite-pragma") { Description = "Accepted without effect; may be repeated." };
    }

    private static async Task<int> RunAsync(EmbeddedTemporalOptions options, IEnumerable<string> attributes, string level, CancellationToken cancelled)
    {
        try
        {
            foreach (var attribute in attributes)
            {
                var parts = attribute.Split('=', 2);
                options.SearchAttributes[parts[0]] = parts.Length == 2 ? parts[1] : "";
            }

            using var loggers = LoggerFactory.Create(logging => logging.AddSimpleConsole(console => console.SingleLine = true).SetMinimumLevel(Level(level)));
            await using var server = await EmbeddedTemporalServer.StartAsync(options, loggers, cancelled);
            Console.WriteLine($"Server:  {server.Address}");
            Console.WriteLine($"Data:    {options.DatabaseFile ?? "temporary, gone when the server stops"}");
            await Task.Delay(Timeout.Infinite, cancelled).ContinueWith(_ => { }, TaskScheduler.Default);
            return 0;
        }
        catch (EmbeddedTemporalException problem)
        {
            await Console.Error.WriteLineAsync(problem.Message);
            return 1;
        }
    }

    private static LogLevel Level(string name) => name.ToLowerInvariant() switch
    {
        "debug" => LogLevel.Debug,
        "info" => LogLevel.Information,
        "warn" => LogLevel.Warning,
        "error" => LogLevel.Error,
        "never" or "none" => LogLevel.None,
        _ => throw new EmbeddedTemporalException($"--log-level '{name}' is none of debug, info, warn, error, never."),
    };
}

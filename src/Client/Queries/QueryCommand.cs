using System.CommandLine;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Recoup.Client.CommandLine;
using Recoup.Client.Connections;
using Recoup.Client.Terminals;

namespace Recoup.Client.Queries;

/// <summary><c>query "&lt;sql&gt;"</c>: one statement over the lake, answered by the running silo.</summary>
internal sealed class QueryCommand : ConsoleCommand
{
    /// <summary>The silo ends a query before that.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private readonly Argument<string> sql = new("sql") { Description = "One SELECT; tables are named with their namespace, such as bronze.payment_charges." };

    private readonly Option<string> format = new("--format")
    {
        HelpName = "table|json|csv|arrow",
        Description = "How the rows are written; arrow is a stream for a file or a program.",
        DefaultValueFactory = _ => "table",
    };

    private readonly Option<Uri> url;

    public QueryCommand(EnvironmentSettings settings)
        : base("query", "Run SQL over the lake: bronze and quarantine, read-only.")
    {
        url = ConnectionOptions.Url(settings);
        format.AcceptOnlyFromAmong("table", "json", "csv", "arrow");
        Add(sql);
        Add(format);
        Add(url);
    }

    public override IReadOnlyList<string> Examples =>
    [
        "query \"select event_type, count(*) as events from bronze.payment_charges group by event_type\"",
        "query \"select rejection_reason, count(*) as records from bronze.quarantine_payment_charges group by 1\" --format csv",
        "query \"select * from bronze.payment_charges\" --format arrow > charges.arrow",
    ];

    protected override async Task<int> RunAsync(ParseResult arguments, Terminal terminal, CancellationToken cancellationToken)
    {
        var silo = arguments.GetRequiredValue(url);
        var wanted = terminal.IsJson ? "json" : arguments.GetRequiredValue(format);
        using var http = new HttpClient { Timeout = Patience };
        using var answer = await AskAsync(http, silo, arguments.GetRequiredValue(sql), MediaTypeOf(wanted), cancellationToken);
        if (wanted == "arrow")
        {
            await using var output = Console.OpenStandardOutput();
            await answer.Content.CopyToAsync(output, cancellationToken);
        }
        else if (wanted == "csv")
        {
            await arguments.InvocationConfiguration.Output.WriteAsync(await answer.Content.ReadAsStringAsync(cancellationToken));
        }
        else
        {
            var result = await answer.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
            Show(terminal, result, asJson: wanted == "json", arguments.InvocationConfiguration.Output);
        }

        return ExitCodes.Success;
    }

    private static void Show(Terminal terminal, JsonElement result, bool asJson, TextWriter output)
    {
        if (asJson)
        {
            output.WriteLine(result.GetRawText());
            return;
        }

        terminal.Screen.Write(QueryTable.Render(result));
    }

    private static async Task<HttpResponseMessage> AskAsync(HttpClient http, Uri silo, string sql, string mediaType, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(silo, "/query")) { Content = JsonContent.Create(new { sql }) };
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(mediaType));
        try
        {
            var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            return answer.IsSuccessStatusCode ? answer : throw await RefusalAsync(answer, cancellationToken);
        }
        catch (HttpRequestException failure)
        {
            throw new CommandFailedException(
                $"No silo answers at {silo}: {failure.Message}",
                "Start one with: dotnet run --project src/Client -- demo --serve (or: dotnet run --project src/Silo), or name it with --url.",
                failure);
        }
    }

    private static async Task<CommandFailedException> RefusalAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        using (answer)
        {
            var problem = await answer.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
            var detail = problem.TryGetProperty("detail", out var text) ? text.GetString() : null;
            return new CommandFailedException(detail ?? $"The silo answered {(int)answer.StatusCode}.", "Tables: query \"show tables\".");
        }
    }

    private static string MediaTypeOf(string format) => format switch
    {
        "arrow" => "application/vnd.apache.arrow.stream",
        "csv" => "text/csv",
        _ => "application/json",
    };
}

using System.CommandLine;
using System.Net.Http.Json;
using System.Text.Json;
using Recoup.Client.Terminals;

namespace Recoup.Client.Queries;

/// <summary>The option <c>--format</c> of commands that show rows of the lake, and how rows are written under it.</summary>
internal static class QueryOutput
{
    public static Option<string> Format()
    {
        var format = new Option<string>("--format")
        {
            HelpName = "table|json|csv|arrow",
            Description = "How the rows are written; arrow is a stream for a file or a program.",
            DefaultValueFactory = _ => "table",
        };
        format.AcceptOnlyFromAmong("table", "json", "csv", "arrow");
        return format;
    }

    /// <param name="query">Where to ask.</param>
    /// <param name="sql">One statement.</param>
    /// <param name="format">As <c>--format</c> takes it; <c>--json</c> outranks it.</param>
    /// <param name="terminal">For a table.</param>
    /// <param name="output">For what programs read.</param>
    /// <param name="cancellationToken">Ends the query.</param>
    public static async Task WriteAsync(LakeQuery query, string sql, string format, Terminal terminal, TextWriter output, CancellationToken cancellationToken)
    {
        var wanted = terminal.IsJson ? "json" : format;
        using var answer = await query.AskAsync(sql, wanted, cancellationToken);
        switch (wanted)
        {
            case "arrow":
                await using (var binary = Console.OpenStandardOutput())
                {
                    await answer.Content.CopyToAsync(binary, cancellationToken);
                }

                break;
            case "csv":
                await output.WriteAsync(await answer.Content.ReadAsStringAsync(cancellationToken));
                break;
            case "json":
                await output.WriteLineAsync(await answer.Content.ReadAsStringAsync(cancellationToken));
                break;
            default:
                terminal.Screen.Write(QueryTable.Render(await answer.Content.ReadFromJsonAsync<JsonElement>(cancellationToken), terminal.Screen.Profile.Width));
                break;
        }
    }
}

using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Recoup.Client.CommandLine;

namespace Recoup.Client.Queries;

/// <summary>SQL over the lake, answered by a running silo's <c>POST /query</c>.</summary>
internal sealed class LakeQuery(Uri silo) : IDisposable
{
    /// <summary>The silo ends a query before that.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private readonly HttpClient http = new() { Timeout = Patience };

    /// <summary>The answer, whose body is still to be read.</summary>
    /// <param name="sql">One statement.</param>
    /// <param name="format"><c>json</c>, <c>csv</c> or <c>arrow</c>.</param>
    /// <param name="cancellationToken">Ends the query.</param>
    /// <exception cref="CommandFailedException">No silo answers, or it refuses the statement.</exception>
    public async Task<HttpResponseMessage> AskAsync(string sql, string format, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(silo, "/query")) { Content = JsonContent.Create(new { sql }) };
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(MediaTypeOf(format)));
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

    /// <summary>The whole answer: <c>columns</c>, <c>rows</c>, <c>row_count</c>, <c>truncated</c>.</summary>
    /// <exception cref="CommandFailedException">No silo answers, or it refuses the statement.</exception>
    public async Task<JsonElement> JsonAsync(string sql, CancellationToken cancellationToken)
    {
        using var answer = await AskAsync(sql, "json", cancellationToken);
        return await answer.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
    }

    /// <summary>The rows alone.</summary>
    /// <exception cref="CommandFailedException">No silo answers, or it refuses the statement.</exception>
    public async Task<IReadOnlyList<JsonElement>> RowsAsync(string sql, CancellationToken cancellationToken) =>
        [.. (await JsonAsync(sql, cancellationToken)).GetProperty("rows").EnumerateArray()];

    public void Dispose() => http.Dispose();

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

using System.Net.Http.Json;
using System.Text.Json;
using Recoup.Client.CommandLine;

namespace Recoup.Client.Connections;

/// <summary>The HTTP API of a running silo, for commands that send JSON and get JSON.</summary>
internal sealed class SiloHttp : IDisposable
{
    /// <summary>The silo ends what it does before that.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private readonly Uri silo;
    private readonly HttpClient http;

    public SiloHttp(Uri silo, EnvironmentSettings settings)
    {
        this.silo = silo;
        http = new HttpClient { BaseAddress = silo, Timeout = Patience };
        if (settings.FindFirst("Http__ApiKeys") is { } key)
        {
            http.DefaultRequestHeaders.Add("X-Api-Key", key);
        }
    }

    /// <summary>Sends a body in the shapes of <see cref="RecoupJson"/>, and reads the answer in them.</summary>
    /// <exception cref="CommandFailedException">No silo answers, or it refuses; the message is its own.</exception>
    public async Task<T> PostAsync<T>(string path, object body, CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await http.PostAsJsonAsync(new Uri(path, UriKind.Relative), body, RecoupJson.Options, cancellationToken);
            return answer.IsSuccessStatusCode
                ? (await answer.Content.ReadFromJsonAsync<T>(RecoupJson.Options, cancellationToken))!
                : throw await RefusalAsync(answer, cancellationToken);
        }
        catch (Exception failure) when (failure is HttpRequestException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
        {
            throw new CommandFailedException(
                $"No silo answers at {silo}: {failure.Message}",
                "Start one with: dotnet run --project src/Client -- demo --serve (or: dotnet run --project src/Silo), or name it with --url. The command can be repeated.",
                failure);
        }
    }

    /// <summary>The rows of one SELECT over the lake.</summary>
    public async Task<IReadOnlyList<JsonElement>> QueryAsync(string sql, CancellationToken cancellationToken)
    {
        var result = await PostAsync<JsonElement>("/query", new { sql }, cancellationToken);
        return result.GetProperty("truncated").GetBoolean()
            ? throw new CommandFailedException("The silo cut the rows at Query__RowsMax.", "Ask for less: --since, --table, --reason.")
            : [.. result.GetProperty("rows").EnumerateArray()];
    }

    public void Dispose() => http.Dispose();

    private static async Task<CommandFailedException> RefusalAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        var text = await answer.Content.ReadAsStringAsync(cancellationToken);
        try
        {
            using var problem = JsonDocument.Parse(text);
            return new CommandFailedException(Sentence(problem.RootElement, "title") ?? $"The silo answered {(int)answer.StatusCode}.", Sentence(problem.RootElement, "detail") ?? Errors(problem.RootElement));
        }
        catch (JsonException)
        {
            return new CommandFailedException($"The silo answered {(int)answer.StatusCode}.", "Is --url a Recoup silo of this version?");
        }
    }

    private static string? Sentence(JsonElement problem, string name) =>
        problem.ValueKind == JsonValueKind.Object && problem.TryGetProperty(name, out var text) && text.ValueKind == JsonValueKind.String ? text.GetString() : null;

    private static string? Errors(JsonElement problem) => problem.ValueKind == JsonValueKind.Object && problem.TryGetProperty("errors", out var errors)
        ? string.Join(' ', errors.EnumerateObject().Select(error => $"{error.Name} {string.Join(", ", error.Value.EnumerateArray())}."))
        : null;
}

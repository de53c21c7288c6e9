using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Recoup.Lakehouse.Query.Trino;

/// <summary>Trino's client protocol: a statement is posted, and each answer names the address of the next until there is none.</summary>
internal sealed class TrinoConnection(HttpClient http, QueryOptions options)
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(100);

    public Task<JsonElement> StartAsync(string sql, QueryLimits limits, CancellationToken cancellation) => SendAsync(
        () =>
        {
            var request = new HttpRequestMessage(HttpMethod.Post, new Uri(options.TrinoUrl!, "/v1/statement"))
            {
                Content = new StringContent(sql, Encoding.UTF8, MediaTypeHeaderValue.Parse("text/plain")),
            };
            request.Headers.Add("X-Trino-Catalog", options.TrinoCatalog);
            request.Headers.Add("X-Trino-Source", "recoup");
            request.Headers.Add("X-Trino-Time-Zone", "UTC");
            // Without it Trino rounds times to milliseconds.
            request.Headers.Add("X-Trino-Client-Capabilities", "PARAMETRIC_DATETIME");
            request.Headers.Add("X-Trino-Session", string.Create(CultureInfo.InvariantCulture, $"query_max_run_time={limits.Time.TotalMilliseconds:0}ms"));
            return request;
        },
        cancellation);

    public Task<JsonElement> NextAsync(string nextUri, CancellationToken cancellation) =>
        SendAsync(() => new HttpRequestMessage(HttpMethod.Get, nextUri), cancellation);

    /// <summary>Ends a query. Where Trino cannot be reached it ends it by itself, since nobody asks for the next page.</summary>
    public async Task CancelAsync(string nextUri)
    {
        try
        {
            using var request = WithUser(new HttpRequestMessage(HttpMethod.Delete, nextUri));
            using var answer = await http.SendAsync(request, CancellationToken.None);
        }
        catch (HttpRequestException)
        {
            // As above: the query is abandoned either way.
        }
    }

    private async Task<JsonElement> SendAsync(Func<HttpRequestMessage> make, CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                using var request = WithUser(make());
                using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
                if (answer.StatusCode is HttpStatusCode.OK)
                {
                    return await ReadAsync(answer, cancellation);
                }

                // The protocol asks to repeat these; the time limit ends it.
                if (answer.StatusCode is not (HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout or HttpStatusCode.TooManyRequests))
                {
                    throw await FailedAsync(answer, cancellation);
                }

                await Task.Delay(answer.Headers.RetryAfter?.Delta ?? RetryDelay, cancellation);
            }
            catch (HttpRequestException unreachable)
            {
                throw new QueryException(QueryFailure.Unavailable, $"Trino at {options.TrinoUrl} cannot be reached: {unreachable.Message}", unreachable);
            }
        }
    }

    private HttpRequestMessage WithUser(HttpRequestMessage request)
    {
        request.Headers.Add("X-Trino-User", options.TrinoUser);
        return request;
    }

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage answer, CancellationToken cancellation)
    {
        try
        {
            await using var body = await answer.Content.ReadAsStreamAsync(cancellation);
            using var document = await JsonDocument.ParseAsync(body, cancellationToken: cancellation);
            return document.RootElement.Clone();
        }
        catch (JsonException unreadable)
        {
            throw new QueryException(QueryFailure.Unavailable, "Trino's answer is no JSON: is Query__TrinoUrl the address of a Trino server?", unreadable);
        }
    }

    private static async Task<QueryException> FailedAsync(HttpResponseMessage answer, CancellationToken cancellation)
    {
        var text = await answer.Content.ReadAsStringAsync(cancellation);
        var failure = answer.StatusCode is HttpStatusCode.BadRequest ? QueryFailure.Invalid : QueryFailure.Unavailable;
        return new QueryException(failure, $"Trino answered {(int)answer.StatusCode}: {text[..Math.Min(text.Length, 500)].Trim()}");
    }
}

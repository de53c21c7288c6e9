using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace Recoup.Lakehouse.Tests.Query;

/// <summary>Answers a statement with what a real Trino answered to it, step by step, and notes what was asked.</summary>
internal sealed class TrinoReplay(JsonNode recorded) : HttpMessageHandler
{
    private readonly Queue<JsonNode> steps = new(recorded["steps"]!.AsArray().Select(step => step!).Where(step => step["method"]!.GetValue<string>() != "DELETE"));

    public List<string> Asked { get; } = [];

    public Dictionary<string, string> Headers { get; } = [];

    public string? Statement { get; private set; }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Asked.Add($"{request.Method} {Uri.UnescapeDataString(request.RequestUri!.ToString())}");
        if (request.Method == HttpMethod.Delete)
        {
            return new HttpResponseMessage(HttpStatusCode.NoContent);
        }

        if (request.Content is { } content)
        {
            Statement = await content.ReadAsStringAsync(cancellationToken);
            foreach (var header in request.Headers)
            {
                Headers[header.Key] = string.Join(',', header.Value);
            }
        }

        var step = steps.Dequeue();
        var body = step["body"]!;
        if (body is JsonObject && body["data"] is JsonArray rows)
        {
            // The recording has the first rows and then how many there were.
            foreach (var cut in rows.Where(row => row is JsonValue).ToArray())
            {
                rows.Remove(cut);
            }
        }

        return new HttpResponseMessage((HttpStatusCode)step["status"]!.GetValue<int>())
        {
            Content = new StringContent(body is JsonObject ? body.ToJsonString() : body.GetValue<string>(), Encoding.UTF8),
        };
    }
}

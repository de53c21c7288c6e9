using System.Collections.Concurrent;
using System.Net;

namespace Recoup.Grains.Tests.Gateways.Simulated;

/// <summary>The receiving end of webhooks.</summary>
internal sealed class RecordingReceiver : HttpMessageHandler
{
    private readonly ConcurrentQueue<Delivery> deliveries = new();

    public IReadOnlyCollection<Delivery> Deliveries => deliveries;

    /// <summary>What to answer to the n-th delivery, from 1.</summary>
    public Func<int, HttpStatusCode> Answer { get; set; } = _ => HttpStatusCode.OK;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = await request.Content!.ReadAsStringAsync(cancellationToken);
        deliveries.Enqueue(new Delivery(request.RequestUri!, request.Headers.ToDictionary(header => header.Key, header => header.Value.Single()), body));
        return new HttpResponseMessage(Answer(deliveries.Count));
    }
}

internal sealed record Delivery(Uri Address, IReadOnlyDictionary<string, string> Headers, string Body);

using System.Collections.Concurrent;
using System.Reflection;
using Recoup.Webhooks;

namespace Recoup.Silo.Tests.Webhooks;

/// <summary>Inboxes that remember what they received, behind the grain factory that the endpoints ask.</summary>
public class FakeInboxes : DispatchProxy
{
    private ConcurrentDictionary<string, WebhookEvent> received = new(StringComparer.Ordinal);
    private string? key;
    private Func<bool> isBroken = () => false;

    public static IGrainFactory Create(ConcurrentDictionary<string, WebhookEvent> received, Func<bool> isBroken)
    {
        var factory = Create<IGrainFactory, FakeInboxes>();
        var fake = (FakeInboxes)(object)factory;
        (fake.received, fake.isBroken) = (received, isBroken);
        return factory;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => targetMethod!.Name switch
    {
        nameof(IGrainFactory.GetGrain) when targetMethod.GetGenericArguments() is [var grain] && grain == typeof(IWebhookInboxGrain) => Inbox((string)args![0]!),
        nameof(IWebhookInboxGrain.ReceiveAsync) => ReceiveAsync((WebhookEvent)args![0]!),
        var other => throw new NotSupportedException(other),
    };

    private IWebhookInboxGrain Inbox(string inboxKey)
    {
        var inbox = Create<IWebhookInboxGrain, FakeInboxes>();
        var fake = (FakeInboxes)(object)inbox;
        (fake.received, fake.key, fake.isBroken) = (received, inboxKey, isBroken);
        return inbox;
    }

    private Task<WebhookReceipt> ReceiveAsync(WebhookEvent webhook) => isBroken()
        ? Task.FromException<WebhookReceipt>(new TimeoutException("The storage did not answer."))
        : Task.FromResult(received.TryAdd(key!, webhook) ? WebhookReceipt.Accepted : WebhookReceipt.Duplicate);
}

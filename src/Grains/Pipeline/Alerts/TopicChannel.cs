using Recoup.Events;

namespace Recoup.Pipeline.Alerts;

/// <summary>The topic <c>alerts</c>; the key is the alert's id, so that one alert's changes keep their order.</summary>
internal sealed class TopicChannel(IEventPublisher events) : IAlertChannel
{
    public string Name => "topic";

    public Task SendAsync(AlertNotice notice, CancellationToken cancellation)
    {
        var alert = AlertEvent.Of(notice);
        return events.PublishAsync([new OutgoingEvent { Topic = Topics.Alerts, Key = alert.AlertId, EventType = alert.EventType, Value = alert.ToJson() }]);
    }
}

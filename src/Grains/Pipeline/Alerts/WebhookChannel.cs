using System.Net;
using System.Net.Http.Headers;
using Microsoft.Extensions.Options;

namespace Recoup.Pipeline.Alerts;

/// <summary>
/// Posts to the address of <c>Pipeline__Alerts__WebhookUrl</c>, signed. The client behind it tries again with growing pauses; when it gives up, the grain
/// comes back later with the same event id.
/// </summary>
internal sealed class WebhookChannel(HttpClient http, TimeProvider time, IOptions<PipelineOptions> options) : IAlertChannel
{
    public string Name => "webhook";

    public async Task SendAsync(AlertNotice notice, CancellationToken cancellation)
    {
        var settings = options.Value.Alerts;
        var body = settings.WebhookFormat == AlertFormat.Slack ? SlackMessage.Of(notice) : AlertEvent.Of(notice).ToJson();
        using var request = new HttpRequestMessage(HttpMethod.Post, settings.WebhookUrl) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json", "utf-8");
        request.Headers.Add("Recoup-Event-Id", notice.EventId);
        if (settings.WebhookSecret.Length > 0)
        {
            request.Headers.Add(AlertSignature.Header, AlertSignature.Of(body, settings.WebhookSecret, time.GetUtcNow()));
        }

        using var answer = await http.SendAsync(request, cancellation);
        if (IsRefusal(answer.StatusCode))
        {
            throw new AlertRefusedException($"The webhook answered {(int)answer.StatusCode}.");
        }

        answer.EnsureSuccessStatusCode();
    }

    /// <summary>What a repetition cannot change. A receiver that is not there yet, not let in or too busy may be so later.</summary>
    private static bool IsRefusal(HttpStatusCode status) =>
        status is HttpStatusCode.BadRequest or HttpStatusCode.Gone or HttpStatusCode.RequestEntityTooLarge or HttpStatusCode.UnsupportedMediaType or HttpStatusCode.UnprocessableEntity;
}

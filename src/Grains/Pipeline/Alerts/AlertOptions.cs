using System.ComponentModel.DataAnnotations;

namespace Recoup.Pipeline.Alerts;

/// <summary>Settings <c>Pipeline__Alerts__...</c>.</summary>
public sealed class AlertOptions : IValidatableObject
{
    /// <summary>Where alerts are posted; empty: nowhere. It may hold a secret of its own, so it is never logged.</summary>
    public string WebhookUrl { get; set; } = "";

    /// <summary>Signs what is posted; needed for <see cref="AlertFormat.Json"/>.</summary>
    public string WebhookSecret { get; set; } = "";

    /// <summary>Default: Recoup's own JSON.</summary>
    [EnumDataType(typeof(AlertFormat), ErrorMessage = "Pipeline__Alerts__WebhookFormat must be Json or Slack.")]
    public AlertFormat WebhookFormat { get; set; } = AlertFormat.Json;

    /// <summary>Longest wall time of one post. Default 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:01:00")]
    public TimeSpan WebhookTimeout { get; set; } = TimeSpan.FromSeconds(10);

    public bool HasWebhook => WebhookUrl.Length > 0;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!HasWebhook)
        {
            yield break;
        }

        if (!Uri.TryCreate(WebhookUrl, UriKind.Absolute, out var url) || !(url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && url.IsLoopback)))
        {
            yield return new ValidationResult("Pipeline__Alerts__WebhookUrl must be an https address (http only on this machine).", [nameof(WebhookUrl)]);
        }

        if (WebhookFormat == AlertFormat.Json && WebhookSecret.Length < 16)
        {
            yield return new ValidationResult(
                "Pipeline__Alerts__WebhookSecret must have at least 16 characters: without it nobody can tell an alert of ours from a forged one.", [nameof(WebhookSecret)]);
        }
    }
}

/// <summary>The shape of what is posted.</summary>
public enum AlertFormat
{
    /// <summary>The record of the topic <c>alerts</c>.</summary>
    Json,

    /// <summary>A message for an incoming webhook of Slack, or of what understands the same.</summary>
    Slack,
}

using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Recoup.Silo.Http.Webhooks;

/// <summary>Section <c>Stripe</c>: how Stripe's webhooks are checked.</summary>
public sealed class StripeWebhookOptions
{
    public const string Section = "Stripe";

    /// <summary>The endpoint's signing secret (<c>whsec_…</c>); several separated by commas while one is rolled. Empty: the endpoint answers 503.</summary>
    public string WebhookSecret { get; set; } = "";

    /// <summary>How old (or how far in the future) the signed timestamp may be. Default 300 s, as Stripe's own libraries.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan WebhookTolerance { get; set; } = TimeSpan.FromSeconds(300);

    internal string[] Secrets => WebhookSecret.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}

/// <summary>Section <c>Square</c>: how Square's webhooks are checked.</summary>
public sealed class SquareWebhookOptions
{
    public const string Section = "Square";

    /// <summary>The subscription's signature key; several separated by commas while one is rolled. Empty: the endpoint answers 503.</summary>
    public string SignatureKey { get; set; } = "";

    /// <summary>The URL that is registered at Square, to the letter: it is part of what is signed. Empty: the endpoint answers 503.</summary>
    public string NotificationUrl { get; set; } = "";

    internal string[] Keys => SignatureKey.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}

[OptionsValidator]
internal sealed partial class StripeWebhookOptionsValidator : IValidateOptions<StripeWebhookOptions>;

/// <summary>A URL that is none would refuse every event; better to say so at start.</summary>
internal sealed class SquareWebhookOptionsValidator : IValidateOptions<SquareWebhookOptions>
{
    public ValidateOptionsResult Validate(string? name, SquareWebhookOptions options) =>
        options.NotificationUrl.Length == 0 || Uri.TryCreate(options.NotificationUrl, UriKind.Absolute, out _)
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail("Square__NotificationUrl is not an absolute URL, such as https://example.com/webhooks/square.");
}

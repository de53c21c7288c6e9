using Recoup.Client.CommandLine;

namespace Recoup.Client.Replay;

/// <summary>What the payloads are signed with: the same secrets that the silo was given. Square signs its notification URL too.</summary>
internal sealed record WebhookSecrets(string? Stripe, string? SquareKey, Uri SquareNotificationUrl)
{
    /// <exception cref="CommandFailedException">The secret of a provider of which there are payloads is missing.</exception>
    public void EnsureCover(IEnumerable<WebhookPayload> payloads)
    {
        var providers = payloads.Select(payload => payload.Provider).ToHashSet();
        if (providers.Contains(WebhookProvider.Stripe) && Stripe is null)
        {
            throw Missing("Stripe", "Stripe__WebhookSecret", "--stripe-secret");
        }

        if (providers.Contains(WebhookProvider.Square) && SquareKey is null)
        {
            throw Missing("Square", "Square__SignatureKey", "--square-key");
        }
    }

    private static CommandFailedException Missing(string provider, string setting, string option) => new(
        $"There are {provider} payloads, and nothing to sign them with.",
        $"Set {setting} to the value that the silo was started with (demo --serve prints it), or give it with {option}.");
}

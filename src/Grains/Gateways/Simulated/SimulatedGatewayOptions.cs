using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using Recoup.Gateways.Simulated.Faults;

namespace Recoup.Gateways.Simulated;

/// <summary>Settings of the simulated processor (<c>Gateway__Seed</c>, <c>Gateway__Faults</c>) and of the webhooks that it sends.</summary>
public sealed class SimulatedGatewayOptions
{
    /// <summary>Where <c>gateway-ledger.db</c> is kept.</summary>
    [Required]
    public string DataDirectory { get; set; } = "./data";

    /// <summary>Which world it is. Null: that of the data folder; in a new one a random one, which is logged.</summary>
    public int? Seed { get; set; }

    /// <summary>What is to go wrong, such as <c>latency=50ms,timeout_after=0.02,429=0.01,5xx=0.01,down=10s/60s</c>; empty: nothing.</summary>
    public string Faults { get; set; } = "";

    /// <summary>The silo's own HTTP address, such as <c>http://127.0.0.1:8080</c>, whose <c>/webhooks/...</c> hear of what happens; null: nobody is told.</summary>
    public Uri? WebhookBaseAddress { get; set; }

    /// <summary>As <c>Stripe__WebhookSecret</c>; of several the first one signs. Empty: Stripe's events are not sent.</summary>
    public string StripeWebhookSecret { get; set; } = "";

    /// <summary>As <c>Square__SignatureKey</c>; of several the first one signs. Empty: Square's events are not sent.</summary>
    public string SquareSignatureKey { get; set; } = "";

    /// <summary>As <c>Square__NotificationUrl</c>: part of what Square signs. Empty: the address that is posted to.</summary>
    public string SquareNotificationUrl { get; set; } = "";

    /// <summary>Whether anybody hears of this provider's events.</summary>
    internal bool IsHeard(string provider) =>
        WebhookBaseAddress is not null && (provider == "stripe" ? StripeWebhookSecret : SquareSignatureKey).Length > 0;

    internal Uri WebhookAddress(string provider) => new(WebhookBaseAddress!, $"/webhooks/{provider}");
}

[OptionsValidator]
internal sealed partial class SimulatedGatewayOptionsValidator : IValidateOptions<SimulatedGatewayOptions>;

/// <summary>Says in one line what is wrong with <c>Gateway__Faults</c>.</summary>
internal sealed class FaultsValidator : IValidateOptions<SimulatedGatewayOptions>
{
    public ValidateOptionsResult Validate(string? name, SimulatedGatewayOptions options)
    {
        try
        {
            FaultPlan.Parse(options.Faults);
            return ValidateOptionsResult.Success;
        }
        catch (FormatException wrong)
        {
            return ValidateOptionsResult.Fail(wrong.Message);
        }
    }
}

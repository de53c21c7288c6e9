using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Recoup.Gateways.Stripe;

/// <summary>Section <c>Stripe</c>: whose payments events without a merchant are.</summary>
public sealed class StripeMerchantOptions
{
    public const string Section = "Stripe";

    /// <summary>Merchant of events that name none: Stripe sends <c>account</c> only for connected accounts. Default <c>mer_stripe</c>.</summary>
    [Required, StringLength(255, MinimumLength = 1)]
    public string MerchantId { get; set; } = "mer_stripe";
}

[OptionsValidator]
internal sealed partial class StripeMerchantOptionsValidator : IValidateOptions<StripeMerchantOptions>;

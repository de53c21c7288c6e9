using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Recoup.Gateways.Stripe;

namespace Recoup.Webhooks;

public static class WebhookInboxRegistration
{
    /// <summary>What the inbox grain needs: whose events are those that name no merchant.</summary>
    public static IServiceCollection AddWebhookInbox(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<StripeMerchantOptions>().Bind(configuration.GetSection(StripeMerchantOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<StripeMerchantOptions>, StripeMerchantOptionsValidator>();
        return services;
    }
}

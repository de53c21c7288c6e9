using Recoup.Gateways.Simulated;
using Recoup.Recovery;
using Recoup.Silo.Http.Webhooks;
using Recoup.Silo.Settings;
using Recoup.Silo.Workflows;
using Recoup.Strategy;

namespace Recoup.Silo.Hosting;

/// <summary>Puts the product's rooms into the silo: each registers itself, and gets its settings here.</summary>
internal static class Rooms
{
    /// <summary>Registered before the silo: hosted services start in this order, and no grain shall look for a server that is not up yet.</summary>
    public static void AddWorkflowServer(this WebApplicationBuilder builder, RecoupSettings settings)
    {
        if (settings.Temporal.IsEmbedded)
        {
            builder.Services.AddHostedService<EmbeddedTemporalService>();
        }
    }

    /// <summary>Registered after the silo: the worker's activities call grains, and so does the simulated world.</summary>
    public static void AddRooms(this WebApplicationBuilder builder, RecoupSettings settings)
    {
        builder.Services.AddPayments();
        builder.Services.AddRecoupStrategy();
        builder.Services.AddWebhooks(builder.Configuration);
        builder.Services.AddRecovery(recovery =>
        {
            recovery.Address = settings.Temporal.TargetAddress;
            recovery.Namespace = settings.Temporal.Namespace;
        });
        builder.Services.AddSimulatedGateway(gateway => Configure(gateway, settings, builder.Configuration));
    }

    /// <summary>The simulated providers sign what they send with the keys that the webhook endpoints check.</summary>
    private static void Configure(SimulatedGatewayOptions gateway, RecoupSettings settings, ConfigurationManager configuration)
    {
        gateway.DataDirectory = settings.DataFolder;
        gateway.Seed = settings.Gateway.Seed;
        gateway.Faults = settings.Gateway.Faults;
        gateway.WebhookBaseAddress = settings.Http.BaseAddress;
        gateway.StripeWebhookSecret = configuration["Stripe:WebhookSecret"] ?? "";
        gateway.SquareSignatureKey = configuration["Square:SignatureKey"] ?? "";
        gateway.SquareNotificationUrl = configuration["Square:NotificationUrl"] ?? "";
    }
}

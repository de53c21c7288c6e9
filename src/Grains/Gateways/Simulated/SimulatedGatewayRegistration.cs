using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Recoup.Clock;
using Recoup.Gateways.Simulated.Agenda;
using Recoup.Gateways.Simulated.Billing;
using Recoup.Gateways.Simulated.Faults;
using Recoup.Gateways.Simulated.Ledger;
using Recoup.Gateways.Simulated.Webhooks;
using Recoup.Gateways.Simulated.World;

namespace Recoup.Gateways.Simulated;

public static class SimulatedGatewayRegistration
{
    private static readonly TimeSpan WebhookTimeout = TimeSpan.FromSeconds(5);

    /// <summary>The simulated processor as <see cref="IPaymentGateway"/> and <see cref="ICustomerMessenger"/>, and the world around them. It needs <see cref="IBusinessClock"/> and <see cref="TimeProvider"/>.</summary>
    public static IServiceCollection AddSimulatedGateway(this IServiceCollection services, Action<SimulatedGatewayOptions> configure)
    {
        services.AddOptions<SimulatedGatewayOptions>().Configure(configure).ValidateOnStart();
        services.AddSingleton<IValidateOptions<SimulatedGatewayOptions>, SimulatedGatewayOptionsValidator>();
        services.AddSingleton<IValidateOptions<SimulatedGatewayOptions>, FaultsValidator>();
        services.AddSingleton(provider =>
        {
            var options = provider.GetRequiredService<IOptions<SimulatedGatewayOptions>>().Value;
            return GatewayLedger.Open(Path.Combine(options.DataDirectory, "gateway-ledger.db"), options.Seed);
        });
        services.AddSingleton(provider => new SimulatedWorld(provider.GetRequiredService<GatewayLedger>().Seed));
        services.AddSingleton(provider => new FaultInjector(
            FaultPlan.Parse(provider.GetRequiredService<IOptions<SimulatedGatewayOptions>>().Value.Faults),
            provider.GetRequiredService<SimulatedWorld>().Seed,
            provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<OrderBook>();
        services.AddSingleton<ProviderVoice>();
        services.AddSingleton<FollowUps>();
        services.AddSingleton<Processor>();
        services.AddSingleton<BillingDesk>();
        services.AddSingleton<IPaymentGateway, SimulatedGateway>();
        services.AddSingleton<ICustomerMessenger, SimulatedMessenger>();
        return services.AddAgenda();
    }

    private static IServiceCollection AddAgenda(this IServiceCollection services)
    {
        services.AddSingleton<IAgendaHandler, AnswerHandler>();
        services.AddSingleton<IAgendaHandler, RefundHandler>();
        services.AddSingleton<IAgendaHandler, DisputeHandler>();
        services.AddSingleton<IAgendaHandler, RenewalHandler>();
        services.AddSingleton<IAgendaHandler>(provider => new WebhookHandler(
            new HttpClient { Timeout = WebhookTimeout },
            provider.GetRequiredService<IOptions<SimulatedGatewayOptions>>(),
            provider.GetRequiredService<TimeProvider>()));
        return services.AddHostedService<AgendaRunner>();
    }
}

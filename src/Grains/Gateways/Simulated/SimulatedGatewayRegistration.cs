using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Recoup.Clock;
using Recoup.Gateways.Simulated.Faults;
using Recoup.Gateways.Simulated.Ledger;
using Recoup.Gateways.Simulated.World;

namespace Recoup.Gateways.Simulated;

public static class SimulatedGatewayRegistration
{
    /// <summary>The simulated processor as <see cref="IPaymentGateway"/>. It needs <see cref="IBusinessClock"/> and <see cref="TimeProvider"/>.</summary>
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
        services.AddSingleton<IPaymentGateway, SimulatedGateway>();
        return services;
    }
}

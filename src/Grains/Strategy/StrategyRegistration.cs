using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Recoup.Customers;
using Recoup.Fraud;

namespace Recoup.Strategy;

/// <summary>What the strategy, card, fraud and customer grains need.</summary>
public static class StrategyRegistration
{
    /// <summary>Reads the rule packs: a wrong one stops the start. Options: <c>Strategy</c>, <c>Fraud</c>, <c>Customers</c>.</summary>
    /// <exception cref="InvalidDataException">A rule pack is wrong.</exception>
    public static IServiceCollection AddRecoupStrategy(this IServiceCollection services)
    {
        services.AddOptions<StrategyOptions>().BindConfiguration(StrategyOptions.Section).ValidateOnStart()
            .Validate(options => options.DaytimeFromHour < options.DaytimeToHour, "Strategy:DaytimeFromHour must be before Strategy:DaytimeToHour.");
        services.AddSingleton<IValidateOptions<StrategyOptions>, StrategyOptionsValidator>();
        services.AddOptions<FraudOptions>().BindConfiguration(FraudOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<FraudOptions>, FraudOptionsValidator>();
        services.AddOptions<CustomerOptions>().BindConfiguration(CustomerOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<CustomerOptions>, CustomerOptionsValidator>();

        services.AddSingleton(RulePacks.Load());
        services.AddSingleton(provider => new BaselineStrategy(
            provider.GetRequiredService<RulePacks>(), provider.GetRequiredService<IOptions<StrategyOptions>>().Value));
        return services;
    }
}

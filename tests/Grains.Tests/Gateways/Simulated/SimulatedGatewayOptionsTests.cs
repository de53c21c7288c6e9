using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Recoup.Gateways.Simulated;

namespace Recoup.Grains.Tests.Gateways.Simulated;

[TestClass]
public sealed class SimulatedGatewayOptionsTests
{
    [TestMethod]
    public void Value_FaultsNotUnderstood_NamesTheSetting()
    {
        using var services = new ServiceCollection().AddSimulatedGateway(options => options.Faults = "latency=soon").BuildServiceProvider();

        var failure = Assert.ThrowsExactly<OptionsValidationException>(() => services.GetRequiredService<IOptions<SimulatedGatewayOptions>>().Value);

        Assert.StartsWith("Gateway__Faults: 'latency=soon'", failure.Message);
    }

    [TestMethod]
    public void Value_WithoutDataDirectory_NamesTheSetting()
    {
        using var services = new ServiceCollection().AddSimulatedGateway(options => options.DataDirectory = "").BuildServiceProvider();

        var failure = Assert.ThrowsExactly<OptionsValidationException>(() => services.GetRequiredService<IOptions<SimulatedGatewayOptions>>().Value);

        Assert.Contains("DataDirectory", failure.Message);
    }
}

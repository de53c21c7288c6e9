using Recoup.Simulation;

namespace Recoup.Client.Simulate;

/// <summary>
/// A named mix: which of the world's orders are placed, and how they are spread over time. With a wave period, the orders of each period arrive in its
/// first fifth; without one (zero) evenly.
/// </summary>
internal sealed record Scenario(string Name, string Description, Func<SimulatedOrder, bool> Takes, TimeSpan WavePeriod)
{
    private const int WaveShare = 5;

    public static IReadOnlyList<Scenario> All { get; } =
    [
        new("steady", "every order of the world, evenly spread", _ => true, TimeSpan.Zero),
        new("waves", "every order, five times the rate for one second in five", _ => true, TimeSpan.FromSeconds(5)),
        new("direct", "only payments that are submitted to Recoup itself", order => order.Provider == "recoup", TimeSpan.Zero),
        new("webhooks", "only charges at Stripe and Square, of which webhooks tell", order => order.Provider != "recoup", TimeSpan.Zero),
        new("subscriptions", "only orders with which a customer takes a subscription", order => order.Subscription is not null, TimeSpan.Zero),
    ];

    public static Scenario Steady => All[0];

    public static Scenario Named(string name) => All.Single(scenario => scenario.Name == name);

    /// <summary>When the n-th order (from 0) is due after the start, at a mean rate of so many a second; null: at once.</summary>
    public TimeSpan DueAfter(long index, double? rate)
    {
        if (rate is not { } perSecond)
        {
            return TimeSpan.Zero;
        }

        var even = TimeSpan.FromSeconds(index / perSecond);
        if (WavePeriod == TimeSpan.Zero)
        {
            return even;
        }

        var within = new TimeSpan(even.Ticks % WavePeriod.Ticks);
        return even - within + (within / WaveShare);
    }
}

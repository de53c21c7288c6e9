namespace Recoup.Client.Tests.Crash;

/// <summary>When a silo is killed: at random moments, which a printed seed repeats.</summary>
internal sealed class KillPlan
{
    private KillPlan(int seed, int count) => (Seed, Count, Random) = (seed, count, new Random(seed));

    public int Seed { get; }

    /// <summary>What else depends on the seed is drawn from it too.</summary>
    public Random Random { get; }

    public int Count { get; }

    /// <summary><c>RECOUP_SEED</c> repeats the moments, <c>RECOUP_FULL=1</c> kills more often.</summary>
    public static KillPlan Make(TestContext test, int few, int many)
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("RECOUP_SEED"), out var given) ? given : System.Random.Shared.Next(1, 1_000_000);
        var plan = new KillPlan(seed, Environment.GetEnvironmentVariable("RECOUP_FULL") == "1" ? many : few);
        test.WriteLine($"RECOUP_SEED={seed}, {plan.Count} kills");
        return plan;
    }

    /// <summary>A random moment in the silo's life: the kill must not wait for anything that the silo does.</summary>
    public async Task MomentAsync(TimeSpan lifeMax, CancellationToken stop)
    {
        using var moment = new PeriodicTimer(TimeSpan.FromMilliseconds(1 + Random.Next((int)lifeMax.TotalMilliseconds)));
        await moment.WaitForNextTickAsync(stop);
    }
}

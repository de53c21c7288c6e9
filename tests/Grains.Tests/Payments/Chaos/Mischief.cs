namespace Recoup.Grains.Tests.Payments.Chaos;

/// <summary>Decides by seed what goes wrong. Once healed, nothing does.</summary>
internal sealed class Mischief(int seed)
{
    private readonly Lock gate = new();
    private readonly Random random = new(seed);
    private bool isHealed;

    public int Next(int below)
    {
        lock (gate)
        {
            return random.Next(below);
        }
    }

    public bool Chance(double share)
    {
        lock (gate)
        {
            return random.NextDouble() < share;
        }
    }

    public void MayThrow(string what, double share = 0.08)
    {
        if (!isHealed && Chance(share))
        {
            throw new IOException(what);
        }
    }

    public void Heal() => isHealed = true;
}

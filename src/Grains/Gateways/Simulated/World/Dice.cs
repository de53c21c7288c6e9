namespace Recoup.Gateways.Simulated.World;

/// <summary>
/// Chance as a pure function: the same seed and the same names give the same throw, in whatever order the world is asked. No generator is shared,
/// so no call changes what another one sees.
/// </summary>
internal readonly record struct Dice
{
    private readonly ulong bits;

    private Dice(ulong bits) => this.bits = bits;

    public static Dice OfSeed(int seed) => new(Mix(unchecked((ulong)seed)));

    /// <summary>64 evenly spread bits.</summary>
    public ulong Bits => bits;

    /// <summary>0 to 1, without 1.</summary>
    public double Share => (bits >> 11) * (1.0 / (1UL << 53));

    /// <summary>Dice of their own for this name.</summary>
    public Dice With(string name)
    {
        unchecked
        {
            // FNV-1a over the characters: string.GetHashCode differs from process to process.
            var hash = 14695981039346656037UL ^ bits;
            foreach (var character in name)
            {
                hash = (hash ^ character) * 1099511628211UL;
            }

            return new Dice(Mix(hash));
        }
    }

    public Dice With(long number) => new(Mix(unchecked(bits ^ Mix((ulong)number + 0x632BE59BD9B4E019UL))));

    public bool Happens(double probability) => Share < probability;

    public double Between(double low, double high) => low + ((high - low) * Share);

    public int Below(int count) => (int)(Share * count);

    public T Pick<T>(IReadOnlyList<T> items) => items[Below(items.Count)];

    /// <summary>One item, each in proportion to its weight; the weights add up to 1.</summary>
    public T PickWeighted<T>((double Weight, T Item)[] items)
    {
        var left = Share;
        foreach (var (weight, item) in items)
        {
            left -= weight;
            if (left < 0)
            {
                return item;
            }
        }

        return items[^1].Item;
    }

    /// <summary>The finaliser of SplitMix64.</summary>
    private static ulong Mix(ulong value)
    {
        unchecked
        {
            value += 0x9E3779B97F4A7C15UL;
            value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9UL;
            value = (value ^ (value >> 27)) * 0x94D049BB133111EBUL;
            return value ^ (value >> 31);
        }
    }
}

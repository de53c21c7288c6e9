using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Recoup.Client.Simulate.Injection;

/// <summary>
/// Beside which orders a bad record is sent, and which one. Orders are taken in groups of as many as one bad record is for, and one of each group is chosen by
/// the seed: the same orders of the same world always bring the same records.
/// </summary>
internal sealed class BadRecordPlan(int seed, double share)
{
    /// <summary>Of orders. An order makes at least one event, so that of the records fewer than one in a hundred are bad.</summary>
    public const double DefaultShare = 0.008;

    /// <summary>No record at all.</summary>
    public bool IsEmpty => share <= 0;

    /// <summary>The record for an order; null for most.</summary>
    public BadRecord? Beside(long order)
    {
        if (IsEmpty)
        {
            return null;
        }

        var size = Math.Max(1, (long)Math.Round(1 / share));
        var (group, place) = Math.DivRem(order, size);
        return (ulong)place == Chance(group, "place") % (ulong)size ? Make(group, order) : null;
    }

    private BadRecord Make(long group, long order)
    {
        // One after the other from where the seed begins, so that a run brings as many kinds as it brings records.
        var fault = Fault.All[(int)((Chance(0, "kind") + (ulong)group) % (ulong)Fault.All.Count)];
        var key = string.Create(CultureInfo.InvariantCulture, $"injected_{seed}_{order}");
        return new BadRecord(fault.Topic, key, fault.Make(key), fault.Name, fault.Reasons);
    }

    private ulong Chance(long number, string name) =>
        BitConverter.ToUInt64(SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{seed}:{number}:{name}"))));
}

using System.Collections.Frozen;
using System.Reflection;

namespace Recoup.Strategy;

/// <summary>
/// Every edition of every rule pack. The one in force is chosen by date; a network without a pack, or a time before a network's first one,
/// gets the cautious <c>default</c>.
/// </summary>
public sealed class RulePacks
{
    private const string ResourcePrefix = "Recoup.RulePacks.";
    private const string DefaultNetwork = "default";
    private const string AdviceNetwork = "mastercard";

    /// <summary>Recoup's own codes are Stripe's; other providers' are translated at the intake.</summary>
    private const string Vocabulary = "stripe";

    private readonly FrozenDictionary<string, RulePack[]> editions;
    private readonly (string Network, RulePack Pack)? pinned;

    private RulePacks(FrozenDictionary<string, RulePack[]> editions, (string, RulePack)? pinned = null) =>
        (this.editions, this.pinned) = (editions, pinned);

    /// <summary>All packs, by owner and date.</summary>
    public IEnumerable<RulePack> All => editions.Values.SelectMany(packs => packs);

    /// <summary>The packs that are built in.</summary>
    /// <exception cref="InvalidDataException">A file is wrong; the message says which and why.</exception>
    public static RulePacks Load()
    {
        var assembly = Assembly.GetExecutingAssembly();
        var files = assembly.GetManifestResourceNames().Where(name => name.StartsWith(ResourcePrefix, StringComparison.Ordinal));
        return Load(files.Select(name => (name[ResourcePrefix.Length..], assembly.GetManifestResourceStream(name)!)));
    }

    /// <summary>Packs from elsewhere: file names with their JSON.</summary>
    /// <exception cref="InvalidDataException">A file is wrong; the message says which and why.</exception>
    public static RulePacks Load(IEnumerable<(string File, Stream Json)> files)
    {
        var packs = new List<RulePack>();
        foreach (var (file, json) in files)
        {
            using (json)
            {
                var document = RulePackDocument.Parse(file, json);
                RulePackCheck.Check(file, document);
                packs.Add(new RulePack(document));
            }
        }

        foreach (var same in packs.GroupBy(pack => (pack.Owner, pack.ValidFrom)).Where(same => same.Count() > 1))
        {
            throw new InvalidDataException($"Two rule packs of {same.Key.Owner} hold from {same.Key.ValidFrom:yyyy-MM-dd}.");
        }

        foreach (var owner in new[] { DefaultNetwork, Vocabulary }.Where(owner => packs.TrueForAll(pack => pack.Owner != owner)))
        {
            throw new InvalidDataException($"There is no rule pack '{owner}', which others fall back to.");
        }

        return new RulePacks(packs.GroupBy(pack => pack.Owner)
            .ToFrozenDictionary(byOwner => byOwner.Key, byOwner => byOwner.OrderBy(pack => pack.ValidFrom).ToArray(), StringComparer.OrdinalIgnoreCase));
    }

    /// <summary>The same packs, with one network's edition fixed whatever the date: to replay an old decision under the pack it was made with.</summary>
    /// <exception cref="ArgumentException">There is no such edition.</exception>
    public RulePacks Pin(string? network, string edition)
    {
        var pack = Candidates(network).LastOrDefault(pack => pack.Edition == edition)
            ?? editions[DefaultNetwork].LastOrDefault(pack => pack.Edition == edition)
            ?? throw new ArgumentException($"There is no edition '{edition}' of the rules for '{network ?? DefaultNetwork}'.", nameof(edition));
        return new RulePacks(editions, (network ?? "", pack));
    }

    /// <summary>The network's pack in force at a time.</summary>
    public RulePack Network(string? network, DateTimeOffset at)
    {
        if (pinned is { } pin && string.Equals(pin.Network, network ?? "", StringComparison.OrdinalIgnoreCase))
        {
            return pin.Pack;
        }

        return InForce(Candidates(network), at) ?? InForce(editions[DefaultNetwork], at) ?? editions[DefaultNetwork][0];
    }

    /// <summary>The pack whose advice codes are read for a card of this network: Mastercard's, where the network publishes none.</summary>
    internal RulePack Advice(RulePack network, DateTimeOffset at) => network.HasAdvice ? network : Network(AdviceNetwork, at);

    /// <summary>The provider's codes in force at a time.</summary>
    internal RulePack Provider(DateTimeOffset at) => InForce(editions[Vocabulary], at) ?? editions[Vocabulary][0];

    private RulePack[] Candidates(string? network) =>
        network is not null && editions.TryGetValue(network, out var packs) && packs[0].IsNetwork ? packs : [];

    private static RulePack? InForce(RulePack[] packs, DateTimeOffset at)
    {
        for (var i = packs.Length - 1; i >= 0; i--)
        {
            if (packs[i].ValidFrom <= at)
            {
                return packs[i];
            }
        }

        return null;
    }
}

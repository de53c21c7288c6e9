using System.Collections.Frozen;

namespace Recoup.Strategy;

/// <summary>One edition of one network's or provider's rules, ready for look-ups. Built from its data file; never changes.</summary>
public sealed class RulePack
{
    private readonly FrozenDictionary<string, CodeGroup[]> groups;
    private readonly FrozenDictionary<string, AdviceRule> advice;
    private readonly FrozenDictionary<string, FrozenSet<string>> regions;
    private readonly FrozenSet<string> stops;
    private readonly FrozenDictionary<string, string> meanings;
    private readonly CodeGroup? others;

    internal RulePack(RulePackDocument document)
    {
        Owner = document.Network ?? document.Provider!;
        IsNetwork = document.Network is not null;
        Edition = document.Edition;
        ValidFrom = new DateTimeOffset(document.ValidFrom, TimeOnly.MinValue, TimeSpan.Zero);
        Source = document.Source;
        Kind = document.Kind;
        Limits = document.Limits;
        groups = document.Responses.Concat(document.Codes)
            .SelectMany(group => group.Codes, (group, code) => (Code: code, Group: group))
            .GroupBy(entry => entry.Code, entry => entry.Group)
            .ToFrozenDictionary(byCode => byCode.Key, byCode => byCode.ToArray(), StringComparer.OrdinalIgnoreCase);
        advice = document.Advice.ToFrozenDictionary(rule => rule.Code, StringComparer.OrdinalIgnoreCase);
        regions = document.Regions.ToFrozenDictionary(
            region => region.Key, region => region.Value.ToFrozenSet(StringComparer.OrdinalIgnoreCase));
        stops = document.StopsAgreement.ToFrozenSet(StringComparer.OrdinalIgnoreCase);
        meanings = document.Meanings.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
        others = document.OtherResponses;
    }

    /// <summary>The network (<c>visa</c>) or provider (<c>stripe</c>).</summary>
    public string Owner { get; }

    public bool IsNetwork { get; }

    /// <summary>The edition's date, as decisions record it: <c>2026-04-18</c>.</summary>
    public string Edition { get; }

    public DateTimeOffset ValidFrom { get; }

    /// <summary><c>primary</c> or <c>secondary</c>.</summary>
    public string Kind { get; }

    public string Source { get; }

    public IReadOnlyList<AttemptLimit> Limits { get; }

    internal bool HasAdvice => advice.Count > 0;

    internal AdviceRule? FindAdvice(string code) => advice.GetValueOrDefault(code);

    /// <summary>The group a code belongs to at a time, for a card of a country; null when this pack does not know the code.</summary>
    internal CodeGroup? FindGroup(string code, string? country, DateTimeOffset at)
    {
        if (groups.TryGetValue(code, out var candidates))
        {
            foreach (var group in candidates)
            {
                if (Holds(group, country, at))
                {
                    return group;
                }
            }
        }

        return others;
    }

    internal bool StopsAgreement(string code) => stops.Contains(code);

    internal string? MeaningOf(string code) => meanings.GetValueOrDefault(code);

    private bool Holds(CodeGroup group, string? country, DateTimeOffset at)
    {
        if (group.ValidFrom is { } from && at < new DateTimeOffset(from, TimeOnly.MinValue, TimeSpan.Zero))
        {
            return false;
        }

        if (group.Regions.Count == 0)
        {
            return true;
        }

        foreach (var region in group.Regions)
        {
            if (country is not null && regions[region].Contains(country))
            {
                return true;
            }
        }

        return false;
    }
}

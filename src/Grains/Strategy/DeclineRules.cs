namespace Recoup.Strategy;

/// <summary>
/// Reads one decline under the rule packs. The order of authority: the network's advice code, its response code, the provider's decline code, its failure code.
/// A generic response ("do not honor") gives no reason, so the next code is asked; what it says can then only be stricter.
/// </summary>
internal static class DeclineRules
{
    public static RuleVerdict Read(Decline decline, string? network, string? country, DateTimeOffset at, RulePacks packs)
    {
        var pack = packs.Network(network, at);
        var provider = packs.Provider(at);
        var verdict = ReadAdvice(decline, pack, provider, packs.Advice(pack, at))
            ?? ReadResponse(decline, country, at, pack)
            ?? ReadProvider(decline, at, provider, pack)
            ?? Verdict(pack, DeclineClass.Generic, $"{decline.FailureCode}", "provider.unknown");
        // An agreement that was stopped stays stopped, whichever code has decided about the card.
        return verdict with { StopsAgreement = Stops(decline, pack, provider) };
    }

    /// <summary>Codes as the packs write them: two characters, upper case.</summary>
    internal static string? Normalise(string? code)
    {
        var trimmed = code?.Trim();
        return string.IsNullOrEmpty(trimmed) ? null
            : trimmed.Length == 1 && char.IsAsciiDigit(trimmed[0]) ? "0" + trimmed
            : trimmed;
    }

    private static RuleVerdict? ReadAdvice(Decline decline, RulePack pack, RulePack provider, RulePack advice)
    {
        if (Normalise(decline.AdviceCode) is not { } code)
        {
            return null;
        }

        if (advice.FindAdvice(code) is { } rule)
        {
            return Verdict(pack, rule.Class, $"{advice.Owner} advice {rule.Code} ({rule.Meaning})", $"{advice.Owner}.mac_{rule.Code}") with
            {
                NotBefore = rule.WaitHours is { } hours ? decline.At.AddHours(hours) : null,
                CancelsPayment = rule.CancelsPayment,
                IsNetworkAdvice = true,
            };
        }

        // A provider's advice retells the network's. It may forbid; it does not outrank a network code that forbids.
        return provider.FindAdvice(code) is { Class: not DeclineClass.Later } told
            ? Verdict(pack, told.Class, $"{provider.Owner} advice {told.Code}", $"{provider.Owner}.{told.Code}")
            : null;
    }

    private static RuleVerdict? ReadResponse(Decline decline, string? country, DateTimeOffset at, RulePack pack)
    {
        if (Normalise(decline.NetworkCode) is not { } code || pack.FindGroup(code, country, at) is not { Class: not DeclineClass.Generic } group)
        {
            return null;
        }

        return group.Category is { } category
            ? Verdict(pack, group.Class, $"{pack.Owner} {code} (category {category})", $"{pack.Owner}.category_{category}")
            : Verdict(pack, group.Class, $"{pack.Owner} {code}", $"{pack.Owner}.response_{code}");
    }

    private static RuleVerdict? ReadProvider(Decline decline, DateTimeOffset at, RulePack provider, RulePack pack)
    {
        RuleVerdict? generic = null;
        foreach (var code in new[] { decline.DeclineCode, decline.FailureCode })
        {
            if (Normalise(code) is { } known && provider.FindGroup(known, null, at) is { } group)
            {
                var verdict = Verdict(pack, group.Class, $"{provider.Owner} {known}", $"{provider.Owner}.{known}");
                if (group.Class != DeclineClass.Generic)
                {
                    return verdict;
                }

                generic ??= verdict;
            }
        }

        return generic;
    }

    private static bool Stops(Decline decline, RulePack pack, RulePack provider) =>
        (Normalise(decline.NetworkCode) is { } response && pack.StopsAgreement(response))
        || (Normalise(decline.DeclineCode) is { } code && provider.StopsAgreement(code))
        || (Normalise(decline.FailureCode) is { } failure && provider.StopsAgreement(failure));

    private static RuleVerdict Verdict(RulePack pack, DeclineClass declineClass, string rule, string ruleId) =>
        new() { Class = declineClass, Rule = rule, RuleId = ruleId, Pack = pack };
}

namespace Recoup.Strategy;

/// <summary>Refuses a rule pack that cannot be right: a wrong rule must stop the start, not cost a fine later.</summary>
internal static class RulePackCheck
{
    /// <exception cref="InvalidDataException">Says every fault of the file.</exception>
    public static void Check(string file, RulePackDocument pack)
    {
        var faults = Faults(pack).ToArray();
        if (faults.Length > 0)
        {
            throw new InvalidDataException($"Rule pack {file} is wrong: {string.Join("; ", faults)}.");
        }
    }

    private static IEnumerable<string> Faults(RulePackDocument pack) =>
        OriginFaults(pack).Concat(CodeFaults(pack)).Concat(LimitFaults(pack));

    private static IEnumerable<string> OriginFaults(RulePackDocument pack)
    {
        if (string.IsNullOrWhiteSpace(pack.Network) == string.IsNullOrWhiteSpace(pack.Provider))
        {
            yield return "exactly one of network and provider must be set";
        }

        if (!DateOnly.TryParseExact(pack.Edition, "yyyy-MM-dd", out _))
        {
            yield return $"edition '{pack.Edition}' is not a date like 2026-04-18";
        }

        if (string.IsNullOrWhiteSpace(pack.Source))
        {
            yield return "source is empty";
        }

        if (pack.Kind is not ("primary" or "secondary"))
        {
            yield return $"kind '{pack.Kind}' is neither primary nor secondary";
        }

        if (pack.Network is not null && pack.OtherResponses is null)
        {
            yield return "other_responses is missing: what of a code that is not listed?";
        }
    }

    private static IEnumerable<string> CodeFaults(RulePackDocument pack)
    {
        var groups = pack.Responses.Concat(pack.Codes).ToArray();
        // A code may stand twice only where a region or a date tells the two apart.
        var twice = groups.Where(group => group.Regions.Count == 0 && group.ValidFrom is null)
            .SelectMany(group => group.Codes).GroupBy(code => code, StringComparer.OrdinalIgnoreCase).Where(codes => codes.Count() > 1);
        foreach (var code in twice)
        {
            yield return $"code {code.Key} is listed twice";
        }

        foreach (var region in groups.SelectMany(group => group.Regions).Except(pack.Regions.Keys))
        {
            yield return $"region '{region}' has no list of countries";
        }

        var known = groups.SelectMany(group => group.Codes).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var code in pack.StopsAgreement.Where(code => !known.Contains(code)))
        {
            yield return $"stops_agreement names {code}, which is in no group";
        }

        foreach (var rule in pack.Advice.Where(rule => rule.WaitHours is <= 0))
        {
            yield return $"advice {rule.Code} waits {rule.WaitHours} hours";
        }
    }

    private static IEnumerable<string> LimitFaults(RulePackDocument pack)
    {
        // The card grain forgets what is older than the longest window.
        var hoursMax = Cards.CardBudget.LongestWindow.TotalHours;
        foreach (var limit in pack.Limits.Where(limit => limit.Maximum <= 0 || limit.WindowHours <= 0 || limit.WindowHours > hoursMax))
        {
            yield return $"limit {limit.RuleId} must have a maximum above 0 and a window of 1 to {hoursMax} hours";
        }

        foreach (var id in pack.Limits.GroupBy(limit => limit.RuleId).Where(ids => ids.Count() > 1))
        {
            yield return $"limit {id.Key} is listed twice";
        }
    }
}

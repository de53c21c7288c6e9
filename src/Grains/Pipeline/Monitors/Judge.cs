namespace Recoup.Pipeline.Monitors;

/// <summary>The rules by which a reading becomes a severity.</summary>
internal static class Judge
{
    /// <summary>So many times the threshold is critical.</summary>
    public const int CriticalFactor = 10;

    /// <summary>A count or share that must not be above the threshold.</summary>
    public static Severity AtMost(decimal value, decimal threshold) =>
        value <= threshold ? Severity.Ok : value > threshold * CriticalFactor && threshold > 0 ? Severity.Critical : Severity.Warning;

    /// <summary>A share that must not be below the threshold: the part that is missing to the whole is what is judged.</summary>
    public static Severity AtLeast(decimal share, decimal threshold) => AtMost(1 - share, 1 - threshold);

    /// <summary>A share of so few is chance.</summary>
    public static Severity IfSampled(long sample, long sampleMin, Severity severity) => sample < sampleMin ? Severity.Ok : severity;

    public static decimal Share(long part, long whole) => whole == 0 ? 0 : decimal.Round((decimal)part / whole, 6);
}

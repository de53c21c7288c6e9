using System.Globalization;

namespace Recoup.Gateways.Simulated.Faults;

/// <summary>
/// What is to go wrong at the gateway, on request: <c>latency=50ms,timeout_after=0.02,429=0.01,5xx=0.01,down=10s/60s</c>.
/// Shares are 0 to 1 of the calls; durations are wall time in <c>ms</c>, <c>s</c> or <c>m</c>.
/// </summary>
internal sealed record FaultPlan
{
    public static FaultPlan None { get; } = new();

    /// <summary>Every call waits so long first.</summary>
    public TimeSpan Latency { get; init; }

    /// <summary>The call is carried out, and its answer is lost.</summary>
    public double TimeoutAfter { get; init; }

    /// <summary>Refused with <c>RetryAfter</c>; nothing was done.</summary>
    public double TooManyRequests { get; init; }

    /// <summary>An error instead of an answer; half of the calls were carried out.</summary>
    public double ServerErrors { get; init; }

    /// <summary>Out of order for so long...</summary>
    public TimeSpan DownFor { get; init; }

    /// <summary>... at the start of every period of this length.</summary>
    public TimeSpan DownEvery { get; init; }

    /// <exception cref="FormatException">In one line: what is wrong, and what would be right.</exception>
    public static FaultPlan Parse(string? text)
    {
        var plan = None;
        foreach (var part in (text ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var (name, value) = part.Split('=', 2) is [var left, var right] ? (left.Trim(), right.Trim()) : throw Wrong(part);
            plan = name switch
            {
                "latency" => plan with { Latency = Duration(value, part) },
                "timeout_after" => plan with { TimeoutAfter = Share(value, part) },
                "429" => plan with { TooManyRequests = Share(value, part) },
                "5xx" => plan with { ServerErrors = Share(value, part) },
                "down" => plan.WithDown(value, part),
                _ => throw Wrong(part),
            };
        }

        return plan;
    }

    private FaultPlan WithDown(string value, string part)
    {
        if (value.Split('/') is not [var down, var every])
        {
            throw Wrong(part);
        }

        var plan = this with { DownFor = Duration(down, part), DownEvery = Duration(every, part) };
        return plan.DownFor < plan.DownEvery ? plan : throw Wrong(part);
    }

    private static double Share(string value, string part) =>
        double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var share) && share is >= 0 and <= 1
            ? share
            : throw Wrong(part);

    private static TimeSpan Duration(string value, string part)
    {
        var (digits, unit) = value switch
        {
            _ when value.EndsWith("ms", StringComparison.Ordinal) => (value[..^2], TimeSpan.FromMilliseconds(1)),
            _ when value.EndsWith('s') => (value[..^1], TimeSpan.FromSeconds(1)),
            _ when value.EndsWith('m') => (value[..^1], TimeSpan.FromMinutes(1)),
            _ => throw Wrong(part),
        };
        return int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count < 1_000_000 ? count * unit : throw Wrong(part);
    }

    private static FormatException Wrong(string part) => new(
        $"Gateway__Faults: '{part}' is not understood; right is, for example, "
        + "latency=50ms,timeout_after=0.02,429=0.01,5xx=0.01,down=10s/60s (shares 0 to 1; durations in ms, s or m; down shorter than its period).");
}

using System.Globalization;
using System.Text.RegularExpressions;

namespace Recoup.Embedded.Temporal.Visibility;

/// <summary>Durations as queries write them: 1h30m, 01:30:00, or a number of nanoseconds.</summary>
internal static partial class DurationText
{
    private static readonly Dictionary<string, double> Units = new(StringComparer.Ordinal)
    {
        ["ns"] = 1,
        ["us"] = 1e3,
        ["µs"] = 1e3,
        ["ms"] = 1e6,
        ["s"] = 1e9,
        ["m"] = 60e9,
        ["h"] = 3_600e9,
        ["d"] = 86_400e9,
    };

    /// <exception cref="InvalidQueryException">It is no duration.</exception>
    public static long Nanoseconds(Literal literal)
    {
        if (literal.Value is long nanoseconds)
        {
            return nanoseconds;
        }

        if (literal.Value is string text)
        {
            if (TimeSpan.TryParseExact(text, @"hh\:mm\:ss", CultureInfo.InvariantCulture, out var span))
            {
                return span.Ticks * 100;
            }

            var parts = Part().Matches(text);
            if (parts.Count > 0 && parts.Sum(part => part.Length) == text.Length)
            {
                return (long)parts.Sum(part => double.Parse(part.Groups[1].Value, CultureInfo.InvariantCulture) * Units[part.Groups[2].Value]);
            }
        }

        throw new InvalidQueryException($"invalid expression: invalid ExecutionDuration value '{literal}'");
    }

    [GeneratedRegex(@"(\d+(?:\.\d+)?)(ns|us|µs|ms|s|m|h|d)")]
    private static partial Regex Part();
}

using System.CommandLine;
using System.Globalization;

namespace Recoup.Client.CommandLine;

/// <summary>Times on the command line: ISO 8601 with offset or Z, or how long ago (<c>15m</c>, <c>2h</c>, <c>3d</c>).</summary>
internal static class Moments
{
    /// <summary>The time in UTC; null: it is none.</summary>
    public static DateTimeOffset? Parse(string text, DateTimeOffset now) => Ago(text) is { } ago
        ? now - ago
        : text.Contains('T', StringComparison.Ordinal) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time.ToUniversalTime() : null;

    public static Option<DateTimeOffset?> Option(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "when",
        CustomParser = result =>
        {
            var time = Parse(result.Tokens[^1].Value, TimeProvider.System.GetUtcNow());
            if (time is null)
            {
                result.AddError($"'{result.Tokens[^1].Value}' is no time: write 2026-11-24T09:30:00Z, or how long ago (15m, 2h, 3d).");
            }

            return time;
        },
    };

    private static TimeSpan? Ago(string text) =>
        text.Length > 1 && double.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count < 100_000
            ? text[^1] switch
            {
                's' => TimeSpan.FromSeconds(count),
                'm' => TimeSpan.FromMinutes(count),
                'h' => TimeSpan.FromHours(count),
                'd' => TimeSpan.FromDays(count),
                _ => null,
            }
            : null;
}

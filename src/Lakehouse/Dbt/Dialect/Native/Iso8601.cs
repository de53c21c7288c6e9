using System.Text.RegularExpressions;

namespace Recoup.Lakehouse.Dbt.Dialect.Native;

/// <summary>What reading a text came to.</summary>
internal enum Reading
{
    /// <summary>Read, as Trino reads it.</summary>
    Done,

    /// <summary>Trino refuses it too.</summary>
    Invalid,

    /// <summary>Trino may read it: no answer is given for it here.</summary>
    NotRead,
}

/// <summary>ISO 8601 timestamps as <c>from_iso8601_timestamp</c> reads them: a calendar date, or one with T, a time and an offset.</summary>
internal static partial class Iso8601
{
    /// <summary>The instant in microseconds, cut to milliseconds; a text without an offset is in UTC.</summary>
    public static Reading Read(string text, out TimestampText result)
    {
        var match = Pattern().Match(text);
        result = default;
        if (!match.Success)
        {
            return MaybeIso().IsMatch(text) ? Reading.NotRead : Reading.Invalid;
        }

        var zone = match.Groups["zone"].Value;
        var time = match.Groups["time"].Success ? $" {match.Groups["time"].Value}" : "";
        var plain = $"{match.Groups["date"].Value}{time}{(time.Length == 0 || zone.Length == 0 ? "" : $" {zone}")}";
        if (!TrinoTimes.TryTimestamp(plain, out result))
        {
            return Reading.Invalid;
        }

        var fraction = ((result.Microseconds % 1000) + 1000) % 1000;
        result = result with { Microseconds = result.Microseconds - fraction };
        return Reading.Done;
    }

    public static bool IsDate(string text) => DatePattern().IsMatch(text);

    // No more than six digits of a second: they are cut, and more would be rounded on the way.
    [GeneratedRegex(@"\A(?<date>\d{4}-\d\d-\d\d)(T(?<time>\d\d:\d\d(:\d\d(\.\d{1,6})?)?)(?<zone>Z|[+-]\d\d:\d\d)?)?\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Pattern();

    [GeneratedRegex(@"\A\d{4}-\d\d-\d\d\z")]
    private static partial Regex DatePattern();

    [GeneratedRegex(@"\A([+-]?\d+(-\d+)*(-?W\d+(-\d+)?)?)?(T\S*)?\z", RegexOptions.ExplicitCapture)]
    private static partial Regex MaybeIso();
}

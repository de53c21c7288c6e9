using System.Globalization;

namespace Recoup.Silo.Workflows.Timelines;

/// <summary>Time spans for people: the two largest units that matter.</summary>
public static class DurationText
{
    /// <summary><c>1 d 7 h</c>, <c>6 h 30 min</c>, <c>3 min 20 s</c>, <c>3.2 s</c>, <c>120 ms</c>.</summary>
    public static string Of(TimeSpan span)
    {
        if (span < TimeSpan.Zero)
        {
            return "-" + Of(span.Negate());
        }

        // Rounded to the smallest unit shown first, so that 59.96 s reads 1 min and not 60.0 s.
        return span switch
        {
            { TotalSeconds: < 0.9995 } => Format($"{Math.Round(span.TotalMilliseconds)} ms"),
            { TotalSeconds: < 59.95 } => Format($"{span.TotalSeconds:0.#} s"),
            { TotalMinutes: < 59.99 } => Pair((long)Math.Round(span.TotalSeconds), 60, "min", "s"),
            { TotalHours: < 23.99 } => Pair((long)Math.Round(span.TotalMinutes), 60, "h", "min"),
            _ => Pair((long)Math.Round(span.TotalHours), 24, "d", "h"),
        };
    }

    private static string Pair(long smaller, int ratio, string large, string small) => smaller % ratio == 0
        ? Format($"{smaller / ratio} {large}")
        : Format($"{smaller / ratio} {large} {smaller % ratio} {small}");

    private static string Format(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

namespace Recoup.Embedded.Temporal.Runs;

/// <summary>Between .NET's times and those of the protocol. A duration that is not set is zero.</summary>
internal static class Times
{
    public static TimeSpan Span(this Duration? duration) => duration?.ToTimeSpan() ?? TimeSpan.Zero;

    public static Duration Proto(this TimeSpan span) => Duration.FromTimeSpan(span);

    public static Duration? ProtoOrNone(this TimeSpan span) => span == TimeSpan.Zero ? null : Duration.FromTimeSpan(span);

    public static Timestamp Proto(this DateTime at) => Timestamp.FromDateTime(at);

    public static Timestamp? Proto(this DateTime? at) => at is null ? null : Timestamp.FromDateTime(at.Value);

    public static TimeSpan Least(TimeSpan first, TimeSpan second) => first < second ? first : second;

    /// <summary>The shorter of two time-outs, where zero means none.</summary>
    public static TimeSpan LeastSet(TimeSpan first, TimeSpan second) =>
        first == TimeSpan.Zero ? second : second == TimeSpan.Zero ? first : Least(first, second);

    /// <summary>The earlier of two times, where null means never.</summary>
    public static DateTime? Earlier(DateTime? first, DateTime? second) =>
        first is null ? second : second is null || first < second ? first : second;

    /// <summary>A sum that stops at the end of time: time-outs of centuries are allowed.</summary>
    public static DateTime Plus(this DateTime at, TimeSpan span) => DateTime.MaxValue - at > span ? at + span : DateTime.SpecifyKind(DateTime.MaxValue, DateTimeKind.Utc);
}

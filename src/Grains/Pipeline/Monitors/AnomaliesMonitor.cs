using System.Globalization;
using Microsoft.Extensions.Options;

namespace Recoup.Pipeline.Monitors;

/// <summary>The last full business hour against the hours of the week before it: how many charges, which share was declined, how much each was for.</summary>
internal sealed class AnomaliesMonitor(LakeReader lake, IOptions<PipelineOptions> options) : IMonitor
{
    private const int HoursInWeek = 168;

    public string Name => "anomalies";

    public async Task<IReadOnlyList<Reading>> ReadAsync(MonitorMoment moment, CancellationToken cancellation)
    {
        var end = new DateTimeOffset(moment.Business.Year, moment.Business.Month, moment.Business.Day, moment.Business.Hour, 0, 0, TimeSpan.Zero);
        var rows = await lake.RowsAsync(
            $"""
            select date_diff('hour', date_trunc('hour', created_at), {LakeReader.Time(end)}) as hours_ago, currency,
              count(distinct event_id) as charges,
              count(distinct case when event_type = 'charge.failed' then event_id end) as declined,
              cast(avg(amount_minor) as double) as average_minor
            from bronze.payment_charges
            where created_at >= {LakeReader.Time(end.AddHours(-HoursInWeek - 1))} and created_at < {LakeReader.Time(end)}
            group by 1, 2
            """,
            cancellation);
        return Decide([.. rows.Select(HourOf)], options.Value.Monitors.Anomalies, options.Value.Monitors.SampleMin);
    }

    /// <param name="hours">A row an hour and currency; the last full hour is hour 1.</param>
    /// <param name="threshold">Standard deviations.</param>
    /// <param name="sampleMin">Shares and averages of fewer charges than this are not judged.</param>
    internal IReadOnlyList<Reading> Decide(IReadOnlyList<ChargeHour> hours, double threshold, long sampleMin)
    {
        var byHour = hours.GroupBy(hour => hour.HoursAgo).ToDictionary(group => group.Key, group => (Charges: group.Sum(hour => hour.Charges), Declined: group.Sum(hour => hour.Declined)));
        var first = byHour.Keys.DefaultIfEmpty(0).Max();

        // An hour without a charge is an hour too, from the first one that had any.
        List<double> volume = [.. Enumerable.Range(1, first).Select(ago => (double)byHour.GetValueOrDefault(ago).Charges)];
        List<Reading> readings = [Of("volume", volume, threshold, "charges an hour")];
        readings.Add(Of("declines", Latest(byHour.Where(hour => hour.Value.Charges >= sampleMin).ToDictionary(hour => hour.Key, hour => 100.0 * hour.Value.Declined / hour.Value.Charges)), threshold, "% declined"));
        foreach (var currency in hours.GroupBy(hour => hour.Currency).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            readings.Add(Of($"amounts_{currency.Key}", Latest(currency.Where(hour => hour.Charges >= sampleMin).ToDictionary(hour => hour.HoursAgo, hour => hour.AverageMinor)), threshold, $"minor units of {currency.Key} a charge"));
        }

        return readings;
    }

    /// <summary>The last full hour and those before it; nothing when the last one had no charge.</summary>
    private static List<double> Latest(Dictionary<int, double> byHour) =>
        byHour.ContainsKey(1) ? [.. byHour.OrderBy(hour => hour.Key).Select(hour => hour.Value)] : [];

    private Reading Of(string subject, List<double> hours, double threshold, string what)
    {
        var deviations = hours.Count == 0 ? null : Deviation.Of(hours[0], hours[1..]);
        return new()
        {
            Monitor = Name,
            Subject = subject,
            Severity = deviations is { } far && Math.Abs(far) > threshold ? Severity.Warning : Severity.Ok,
            Value = deviations is { } value ? decimal.Round((decimal)value, 3) : null,
            Threshold = (decimal)threshold,
            Unit = "deviations",
            Summary = deviations is null
                ? $"Too few hours to say what is usual ({what})"
                : string.Create(CultureInfo.InvariantCulture, $"{hours[0]:0.#} {what} in the last full hour, {hours[1..].Average():0.#} on average in the {hours.Count - 1} hours before"),
            Query = "select date_trunc('hour', created_at) as hour, currency, count(*) as charges, avg(amount_minor) as average_minor from bronze.payment_charges group by 1, 2 order by 1 desc",
        };
    }

    private static ChargeHour HourOf(string?[] row) => new(
        (int)LakeReader.Number(row[0]), row[1]!, LakeReader.Number(row[2]), LakeReader.Number(row[3]), double.Parse(row[4]!, CultureInfo.InvariantCulture));
}

/// <param name="HoursAgo">1 is the last full hour.</param>
/// <param name="Currency">ISO 4217.</param>
/// <param name="Charges">Distinct charge events.</param>
/// <param name="Declined">Those of them that were declined.</param>
/// <param name="AverageMinor">Average amount, minor units.</param>
internal sealed record ChargeHour(int HoursAgo, string Currency, long Charges, long Declined, double AverageMinor);

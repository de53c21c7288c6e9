using System.Globalization;
using Recoup.Silo.Lake.Quarantine;

namespace Recoup.Client.Quarantine;

/// <summary>Which quarantined rows are meant.</summary>
internal sealed record QuarantineFilter
{
    /// <summary>Null: all of them.</summary>
    public ValidatedTopic? Topic { get; init; }

    /// <summary>One reason, such as <c>missing_currency</c>; a row may have others too.</summary>
    public string? Reason { get; init; }
    public DateTimeOffset? Since { get; init; }
    public DateTimeOffset? Until { get; init; }

    /// <summary>A SELECT over the quarantine tables that the filter names, with the columns given.</summary>
    public string Select(string columns)
    {
        var tables = Topic is null ? ValidatedTopic.All : [Topic];
        return string.Join(" union all ", tables.Select(topic => $"select {columns} from bronze.{topic.QuarantineTable}{Where()}"));
    }

    private string Where()
    {
        List<string> conditions = [];
        if (Reason is not null)
        {
            conditions.Add($"strpos(concat(';', rejection_reason, ';'), {Text($";{Reason};")}) > 0");
        }

        if (Since is { } since)
        {
            conditions.Add($"quarantined_at >= {Time(since)}");
        }

        if (Until is { } until)
        {
            conditions.Add($"quarantined_at < {Time(until)}");
        }

        return conditions.Count == 0 ? "" : $" where {string.Join(" and ", conditions)}";
    }

    private static string Text(string value) => $"'{value.Replace("'", "''", StringComparison.Ordinal)}'";

    /// <summary>As both engines of <c>POST /query</c> read it.</summary>
    private static string Time(DateTimeOffset time) =>
        $"cast('{time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture)} UTC' as timestamp with time zone)";
}

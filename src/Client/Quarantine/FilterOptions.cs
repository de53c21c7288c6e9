using System.CommandLine;
using Recoup.Client.CommandLine;
using Recoup.Silo.Lake.Quarantine;

namespace Recoup.Client.Quarantine;

/// <summary>The options that say which rows are meant.</summary>
internal sealed class FilterOptions
{
    private readonly Option<ValidatedTopic?> table = new("--table")
    {
        HelpName = "table",
        Description = $"One table or topic: {string.Join(", ", ValidatedTopic.All.Select(topic => topic.Table))}.",
        CustomParser = result =>
        {
            var name = result.Tokens[^1].Value;
            var topic = ValidatedTopic.All.FirstOrDefault(known => name == known.Topic || name == known.Table || name == known.QuarantineTable || name == $"bronze.{known.QuarantineTable}");
            if (topic is null)
            {
                result.AddError($"'{name}' has no quarantine: write {string.Join(", ", ValidatedTopic.All.Select(known => known.Table))}.");
            }

            return topic;
        },
    };

    private readonly Option<string?> reason = new("--reason") { HelpName = "reason", Description = "Only rows with this reason, such as missing_currency; they may have others too." };
    private readonly Option<DateTimeOffset?> since = Moments.Option("--since", "Only rows quarantined since then: a time (2026-11-24T09:30:00Z) or how long ago (15m, 2h, 3d).");
    private readonly Option<DateTimeOffset?> until = Moments.Option("--until", "Only rows quarantined before then.");

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { table, reason, since, until })
        {
            command.Add(option);
        }
    }

    public QuarantineFilter Read(ParseResult arguments) => new()
    {
        Topic = arguments.GetValue(table),
        Reason = arguments.GetValue(reason),
        Since = arguments.GetValue(since),
        Until = arguments.GetValue(until),
    };
}

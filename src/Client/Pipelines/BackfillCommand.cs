using System.CommandLine;
using System.Globalization;
using Recoup.Client.CommandLine;
using Recoup.Client.Connections;
using Recoup.Client.Terminals;
using Recoup.Silo.Lake.Quarantine;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Recoup.Client.Pipelines;

/// <summary>
/// <c>pipeline backfill</c>: validates records of a topic again by the present scripts. Their rows in bronze and quarantine are replaced in one transaction; it
/// can be stopped, killed and repeated, and no row is there twice.
/// </summary>
internal sealed class BackfillCommand : ConsoleCommand
{
    private readonly Option<string> topic = new("--topic") { HelpName = "topic", Required = true, Description = $"The topic: {string.Join(", ", ValidatedTopic.All.Select(known => known.Topic))}." };
    private readonly Option<string?> from = Bound("--from", "The first record: an offset, a time (2026-11-24T09:30:00Z) or how long ago (2h); the oldest without it.");
    private readonly Option<string?> to = Bound("--to", "Where it ends, that record not included; the last validated one without it.");
    private readonly Option<int?> partition = new("--partition") { HelpName = "n", Description = "One partition; all without it, and offsets then count in each." };
    private readonly Option<int> together = Numbers.Positive("--records-max", "Records of one transaction, at most 100000: they lie in the silo's memory.", 100_000);
    private readonly Option<Uri> url;
    private readonly EnvironmentSettings settings;

    public BackfillCommand(EnvironmentSettings settings)
        : base("backfill", "Validate a range of a topic again: after a rule was corrected, say. Rows of the range are replaced, none is there twice.")
    {
        this.settings = settings;
        url = ConnectionOptions.Url(settings);
        topic.AcceptOnlyFromAmong([.. ValidatedTopic.All.Select(known => known.Topic)]);
        foreach (var option in new Option[] { topic, from, to, partition, together, url })
        {
            Add(option);
        }
    }

    public override IReadOnlyList<string> Examples =>
    [
        "pipeline backfill --topic payments.charges",
        "pipeline backfill --topic payments.charges --from 2h",
        "pipeline backfill --topic payments.refunds --partition 2 --from 100 --to 200 --json",
    ];

    protected override async Task<int> RunAsync(ParseResult arguments, Terminal terminal, CancellationToken cancellationToken)
    {
        using var silo = new SiloHttp(arguments.GetRequiredValue(url), settings);
        var name = arguments.GetRequiredValue(topic);
        var run = new BackfillRun(silo, name, Math.Min(arguments.GetValue(together), 100_000));
        var work = run.RunAsync(Sent(arguments.GetValue(from)), Sent(arguments.GetValue(to)), arguments.GetValue(partition), cancellationToken);
        await LiveScreen.ShowAsync(terminal, () => Progress(run), work);
        if (terminal.IsJson)
        {
            terminal.WriteJson(new { Topic = name, run.Records, run.Transactions, Ranges = run.Done.Select(range => new { range.Partition, range.From, range.To }), run.Tables });
        }
        else
        {
            terminal.Screen.Write(Render(name, run));
        }

        return ExitCodes.Success;
    }

    private static Option<string?> Bound(string name, string description)
    {
        var option = new Option<string?>(name) { HelpName = "offset|when", Description = description };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [.., var last] && Sent(last.Value) is null)
            {
                result.AddError($"'{last.Value}' is neither an offset nor a time: write 100, 2026-11-24T09:30:00Z, or how long ago (15m, 2h, 3d).");
            }
        });
        return option;
    }

    /// <summary>A number for an offset, a text for a time; null: neither.</summary>
    private static object? Sent(string? text) => text is null ? null
        : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var offset) ? offset
        : Moments.Parse(text, TimeProvider.System.GetUtcNow())?.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);

    private static Text Progress(BackfillRun run) => new(
        run.Left is { } left ? string.Create(CultureInfo.InvariantCulture, $"{run.Records:N0} records validated again, {left:N0} to go ...") : "Validating again ...", new Style(Color.Grey));

    private static IRenderable Render(string topic, BackfillRun run)
    {
        if (run.Records == 0)
        {
            return new Text($"{topic} has no validated records in this range.\n");
        }

        var table = Terminals.Tables.Create().WithTexts("Table").WithNumbers("Rows before", "Rows now");
        foreach (var one in run.Tables)
        {
            table.AddRow(new Text(one.Table), new Text(Count(one.RowsBefore)), new Text(Count(one.RowsAfter)));
        }

        var ranges = string.Join(", ", run.Done.Select(range => string.Create(CultureInfo.InvariantCulture, $"{range.Partition}/{range.From} to {range.To - 1}")));
        return new Rows(new Text($"{Count(run.Records)} records of {topic} validated again in {run.Transactions} transactions: {ranges}."), table);
    }

    private static string Count(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}

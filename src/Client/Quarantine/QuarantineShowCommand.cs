using System.CommandLine;
using System.Globalization;
using Recoup.Client.CommandLine;
using Recoup.Client.Connections;
using Recoup.Client.Terminals;
using Recoup.Silo.Lake.Quarantine;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Recoup.Client.Quarantine;

/// <summary><c>quarantine show &lt;record&gt;</c>: one row, its record, each reason in words and what would be right.</summary>
internal sealed class QuarantineShowCommand : ConsoleCommand
{
    private static readonly Style Quiet = new(Color.Grey);
    private static readonly Style Bold = new(decoration: Decoration.Bold);

    private readonly Argument<RecordAddress> record = RecordArgument.One();
    private readonly Option<Uri> url;
    private readonly EnvironmentSettings settings;

    public QuarantineShowCommand(EnvironmentSettings settings)
        : base("show", "Show one quarantined record: its bytes, what is wrong, what would be right.")
    {
        this.settings = settings;
        url = ConnectionOptions.Url(settings);
        Add(record);
        Add(url);
    }

    public override IReadOnlyList<string> Examples => ["quarantine show payments.charges/2/17", "quarantine show providers.stripe/0/4 --json"];

    protected override async Task<int> RunAsync(ParseResult arguments, Terminal terminal, CancellationToken cancellationToken)
    {
        var address = arguments.GetRequiredValue(record);
        using var silo = new SiloHttp(arguments.GetRequiredValue(url), settings);
        var (row, bytes) = await new QuarantineReader(silo).FindAsync(address, ValidatedTopic.Find(address.Topic)!, cancellationToken)
            ?? throw new CommandFailedException($"{address} is not in quarantine.", "What is: quarantine list. What was accepted stands in bronze.");
        var raw = RawRecord.Of(bytes);
        var reasons = row.Reasons.Select(ReasonWords.Explain).ToList();
        if (terminal.IsJson)
        {
            terminal.WriteJson(new { Row = row, Reasons = reasons, Raw = raw });
        }
        else
        {
            terminal.Screen.Write(Render(row, reasons, raw));
        }

        return ExitCodes.Success;
    }

    internal static IRenderable Render(QuarantineRow row, IReadOnlyList<ReasonExplanation> reasons, RawRecord raw)
    {
        List<IRenderable> parts =
        [
            new Paragraph().Append(row.Record, Bold).Append($"  {row.Table}", Quiet),
            new Text(string.Create(CultureInfo.InvariantCulture, $"quarantined {row.QuarantinedAt.UtcDateTime:yyyy-MM-dd HH:mm:ss.fff} UTC, event {row.EventId ?? "without an id"}, payment {row.PaymentId ?? "not named"}"), Quiet),
            Text.Empty,
        ];
        foreach (var reason in reasons)
        {
            parts.Add(new Paragraph().Append(reason.Reason, new Style(Color.Red)).Append($"  {reason.Wrong}"));
            parts.Add(new Text($"  right: {reason.Right}", new Style(Color.Green)));
        }

        parts.AddRange([Text.Empty, new Text(raw.Encoding == "hex" ? "The record is not UTF-8; its bytes:" : "The record:", Quiet), new Text(raw.ToLines()), Text.Empty]);
        parts.Add(row switch
        {
            { Replayed: { } link } => new Text($"Replayed, {QuarantineScreen.FateOf(link)}."),
            { ReplayOf: { } original } => new Text($"It is itself a replay of {original}."),
            _ => new Text($"Correct it: quarantine replay {row.Record} --set <field>=<value> --dry-run", Quiet),
        });
        return new Rows(parts);
    }
}

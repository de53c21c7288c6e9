using System.CommandLine;
using Recoup.Client.CommandLine;
using Recoup.Client.Connections;
using Recoup.Client.Terminals;
using Recoup.Events;
using Spectre.Console;

namespace Recoup.Client.Events;

/// <summary>
/// <c>events [topic]</c>: the event log's records as they come. JSON: what is in the log now, as one document, because a document must end.
/// </summary>
internal sealed class EventsCommand : ConsoleCommand
{
    private readonly Argument<string?> topic = new("topic")
    {
        Arity = ArgumentArity.ZeroOrOne,
        Description = $"One topic, such as {Topics.Charges}; all of Recoup's without it.",
    };

    private readonly Option<string?> from = new("--from")
    {
        HelpName = "when",
        Description = "Where to begin: beginning, now, a time (2026-11-24T09:30:00Z) or how long ago (15m, 2h, 3d). Default: now; for --json, --payment and --no-follow: beginning.",
    };

    private readonly Option<string?> payment = new("--payment") { HelpName = "payment-id", Description = "Only what tells of this payment." };
    private readonly Option<bool> noFollow = new("--no-follow") { Description = "Stop at the end of the log instead of waiting for more." };
    private readonly Option<string> kafka;

    public EventsCommand(EnvironmentSettings settings)
        : base("events", "Show events as they come: charges, refunds, disputes, subscriptions, the providers' own, requests, dead letters.")
    {
        kafka = ConnectionOptions.Kafka(settings);
        foreach (var symbol in new Option[] { from, payment, noFollow, kafka })
        {
            Add(symbol);
        }

        Add(topic);
        from.Validators.Add(result =>
        {
            if (result.Tokens is [.., var last] && EventStart.Parse(last.Value, TimeProvider.System.GetUtcNow()) is null)
            {
                result.AddError($"'{last.Value}' is no time: write beginning, now, 2026-11-24T09:30:00Z, or how long ago (15m, 2h, 3d).");
            }
        });
    }

    public override IReadOnlyList<string> Examples =>
    [
        "events",
        $"events {Topics.Charges} --from 15m",
        "events --payment pay_7ZB4R0M4N0X8Q2T6Y1C9D3E5FG --no-follow",
        $"events {Topics.DeadLetters} --from beginning --json",
    ];

    protected override async Task<int> RunAsync(ParseResult arguments, Terminal terminal, CancellationToken cancellationToken)
    {
        var topics = arguments.GetValue(topic) is { } one ? [one] : Topics.All;
        var paymentId = arguments.GetValue(payment);
        var follows = !terminal.IsJson && paymentId is null && !arguments.GetValue(noFollow);
        var start = arguments.GetValue(from) is { } text ? EventStart.Parse(text, TimeProvider.System.GetUtcNow())! : follows ? EventStart.End : EventStart.Beginning;
        using var log = EventLog.Open(arguments.GetRequiredValue(kafka), "recoup-console", new Dictionary<string, string>());

        // The client blocks while it waits for records.
        await Task.Run(() => Show(Ordered(log.Read(topics, start, follows, cancellationToken).Where(found => paymentId is null || found.PaymentId == paymentId), follows), terminal), cancellationToken);
        return ExitCodes.Success;
    }

    /// <summary>What is read to its end comes a partition at a time: people want it by time.</summary>
    private static IEnumerable<LoggedEvent> Ordered(IEnumerable<LoggedEvent> events, bool follows) => follows ? events : events.OrderBy(one => one.PublishedAt);

    private static void Show(IEnumerable<LoggedEvent> events, Terminal terminal)
    {
        if (terminal.IsJson)
        {
            terminal.WriteJson(new { Events = events.ToArray() });
            return;
        }

        var count = 0;
        foreach (var one in events)
        {
            terminal.Screen.Write(EventLine.Render(one));
            count++;
        }

        terminal.Screen.Write(new Text($"{count:N0} events.\n"));
    }
}

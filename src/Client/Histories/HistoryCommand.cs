using System.CommandLine;
using Recoup.Client.CommandLine;
using Recoup.Client.Connections;
using Recoup.Client.Payments;
using Recoup.Client.Terminals;

namespace Recoup.Client.Histories;

/// <summary><c>history &lt;payment-id&gt;</c>: what the payment's recovery workflow did.</summary>
internal sealed class HistoryCommand : ConsoleCommand
{
    private readonly Argument<string> paymentId = PaymentIdArgument.Create();
    private readonly Option<HostAndPort> temporal;
    private readonly Option<string> workflowNamespace;

    public HistoryCommand(EnvironmentSettings settings)
        : base("history", "Show what a payment's recovery workflow did: decisions, waits, attempts, signals, retries with their errors.")
    {
        temporal = ConnectionOptions.Temporal(settings);
        workflowNamespace = ConnectionOptions.Namespace(settings);
        Add(paymentId);
        Add(temporal);
        Add(workflowNamespace);
    }

    public override IReadOnlyList<string> Examples =>
    [
        "history pay_7ZB4R0M4N0X8Q2T6Y1C9D3E5FG",
        "history pay_7ZB4R0M4N0X8Q2T6Y1C9D3E5FG --temporal temporal.example:7233 --namespace payments",
    ];

    protected override async Task<int> RunAsync(ParseResult arguments, Terminal terminal, CancellationToken cancellationToken)
    {
        var story = await HistoryReader.ReadAsync(
            arguments.GetRequiredValue(temporal),
            arguments.GetRequiredValue(workflowNamespace),
            arguments.GetRequiredValue(paymentId),
            cancellationToken);
        if (terminal.IsJson)
        {
            terminal.WriteJson(story);
            return ExitCodes.Success;
        }

        terminal.Screen.Write(HistoryScreen.Render(story));
        return ExitCodes.Success;
    }
}

using System.CommandLine;
using Recoup.Client.CommandLine;
using Recoup.Client.Connections;
using Recoup.Client.Terminals;
using Recoup.Payments;

namespace Recoup.Client.Payments;

/// <summary><c>payment &lt;id&gt;</c>: one payment as it is now, with its story. JSON: the answer of <c>GET /payments/{id}</c>.</summary>
internal sealed class PaymentCommand : ConsoleCommand
{
    private readonly Argument<string> paymentId = PaymentIdArgument.Create();
    private readonly Option<HostAndPort> gateway;

    public PaymentCommand(EnvironmentSettings settings)
        : base("payment", "Show one payment: where it stands, its attempts, and every decision with its reasons.")
    {
        gateway = ConnectionOptions.Gateway(settings);
        Add(paymentId);
        Add(gateway);
    }

    public override IReadOnlyList<string> Examples =>
    [
        "payment pay_7ZB4R0M4N0X8Q2T6Y1C9D3E5FG",
        "payment pay_7ZB4R0M4N0X8Q2T6Y1C9D3E5FG --json",
    ];

    protected override async Task<int> RunAsync(ParseResult arguments, Terminal terminal, CancellationToken cancellationToken)
    {
        var id = arguments.GetRequiredValue(paymentId);
        var silo = arguments.GetRequiredValue(gateway);
        var payment = await SiloConnection.AskAsync(silo, grains => grains.GetGrain<IPaymentGrain>(id).GetAsync(), cancellationToken)
            ?? throw new CommandFailedException($"The silo at {silo} knows no payment {id}.", "Ids are printed by demo and simulate --record, and answered by POST /payments.");
        if (terminal.IsJson)
        {
            terminal.WriteJson(payment);
            return ExitCodes.Success;
        }

        terminal.Screen.Write(PaymentScreen.Render(payment));
        return ExitCodes.Success;
    }
}

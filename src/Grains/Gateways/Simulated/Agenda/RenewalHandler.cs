using Recoup.Gateways.Simulated.Billing;
using Recoup.Gateways.Simulated.Ledger;

namespace Recoup.Gateways.Simulated.Agenda;

/// <summary>Stripe and Square renew their subscriptions by themselves.</summary>
internal sealed class RenewalHandler(GatewayLedger ledger, BillingDesk desk) : IAgendaHandler
{
    public IReadOnlyList<string> Kinds => [AgendaKinds.Renewal];

    public Task DoAsync(AgendaItem item, CancellationToken cancellationToken) => ledger.WriteAsync(book =>
    {
        desk.Bill(book, ProviderBill.Parse(item.Body));
        return true;
    });
}

using Recoup.Gateways.Simulated.Ledger;

namespace Recoup.Gateways.Simulated.Agenda;

/// <summary>Does one kind of item. It may be asked for the same item again: after a crash, or when it threw.</summary>
internal interface IAgendaHandler
{
    IReadOnlyList<string> Kinds { get; }

    Task DoAsync(AgendaItem item, CancellationToken cancellationToken);
}

namespace Recoup.Gateways.Simulated.Ledger;

/// <summary>What customers have done about a decline. The subject is a card id or a payment id.</summary>
internal sealed class DeedBook(LedgerStatement put)
{
    public void Record(string subject, DeedKind kind, DateTimeOffset at) => put.Run(subject, DeedTable.Name(kind), LedgerBook.Text(at));
}

internal enum DeedKind
{
    CardUpdated,
    CvcEntered,
    Contacted,
}

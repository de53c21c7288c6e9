namespace Recoup.Gateways.Simulated.Ledger;

/// <summary>The payments that merchants made at providers of their own, by the provider's reference and by every id that Recoup may give them.</summary>
internal sealed class BillingBook(LedgerStatement alias, LedgerStatement find, LedgerStatement put, LedgerStatement get)
{
    /// <summary>Recoup will call this payment so, if the alias behind this id is the first one that it hears of.</summary>
    public void Alias(string paymentId, string provider, string reference) => alias.Run(paymentId, provider, reference);

    public string? ReferenceOf(string paymentId) => find.First(row => row.Text(0), paymentId);

    public void Put(string reference, string body) => put.Run(reference, body);

    public string? Get(string reference) => get.First(row => row.Text(0), reference);
}

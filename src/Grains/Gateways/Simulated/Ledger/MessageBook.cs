namespace Recoup.Gateways.Simulated.Ledger;

/// <summary>The messages that customers have received.</summary>
internal sealed class MessageBook(LedgerStatement put)
{
    /// <summary>False: it was received before.</summary>
    public bool Receive(CustomerMessage message, DateTimeOffset at) =>
        put.Run(message.MessageId, message.PaymentId, message.Method.ToString(), LedgerBook.Text(at)) == 1;
}

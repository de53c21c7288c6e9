using Recoup.Webhooks;

namespace Recoup.Gateways.Square;

/// <summary>Which payment an object of Square belongs to.</summary>
internal static class SquareIds
{
    /// <summary>Aliases of one payment, the order first: payments and invoices both carry it.</summary>
    public static IReadOnlyList<string> Aliases(string? order, string? payment, string? invoice)
    {
        var aliases = new List<string>();
        Add("order", order);
        Add("payment", payment);
        Add("invoice", invoice);
        return aliases;

        void Add(string kind, string? id)
        {
            if (id is not null)
            {
                aliases.Add(WebhookKeys.SquareAlias(kind, id));
            }
        }
    }
}

namespace Recoup.Payments;

/// <summary>Whether a repeated submit asks for the same payment.</summary>
internal static class SubmitComparison
{
    /// <summary>The parameters that differ, as they are called in JSON.</summary>
    public static IReadOnlyList<string> Differences(SubmitPayment first, SubmitPayment second)
    {
        List<string> differs = [];
        Compare("customer_id", first.CustomerId == second.CustomerId);
        Compare("merchant_id", first.MerchantId == second.MerchantId);
        Compare("amount_minor", first.AmountMinor == second.AmountMinor);
        Compare("currency", first.Currency == second.Currency);
        Compare("card_id", first.CardId == second.CardId);
        Compare("card_network", first.CardNetwork == second.CardNetwork);
        Compare("card_country", first.CardCountry == second.CardCountry);
        Compare("billing_country", first.BillingCountry == second.BillingCountry);
        Compare("metadata", SameMetadata(first.Metadata, second.Metadata));
        Compare("initiated_by", first.InitiatedBy == second.InitiatedBy);
        Compare("subscription_id", first.SubscriptionId == second.SubscriptionId);
        return differs;

        void Compare(string name, bool same)
        {
            if (!same)
            {
                differs.Add(name);
            }
        }
    }

    private static bool SameMetadata(IReadOnlyDictionary<string, string> first, IReadOnlyDictionary<string, string> second) =>
        first.Count == second.Count && first.All(entry => second.TryGetValue(entry.Key, out var value) && value == entry.Value);
}

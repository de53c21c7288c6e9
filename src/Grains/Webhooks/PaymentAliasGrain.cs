namespace Recoup.Webhooks;

/// <inheritdoc cref="IPaymentAliasGrain"/>
public sealed class PaymentAliasGrain([PersistentState("alias", "recoup")] IPersistentState<PaymentAliasState> store) : Grain, IPaymentAliasGrain
{
    public Task<string?> GetAsync() => Task.FromResult(store.State.PaymentId);

    public async Task<string> ClaimAsync(string paymentId)
    {
        if (store.State.PaymentId is { } named)
        {
            return named;
        }

        await store.SaveAsync(new PaymentAliasState { PaymentId = paymentId });
        return paymentId;
    }
}

[GenerateSerializer, Immutable, Alias("recoup.payment-alias-state")]
public sealed record PaymentAliasState
{
    [Id(0)] public string? PaymentId { get; init; }
}

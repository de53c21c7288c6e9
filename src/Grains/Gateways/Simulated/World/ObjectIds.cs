namespace Recoup.Gateways.Simulated.World;

/// <summary>Ids in the shape that a provider gives its objects, each a function of what it names.</summary>
internal static class ObjectIds
{
    private const string Letters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    public static string Make(Dice dice, string prefix, int length) => string.Create(prefix.Length + length, (dice, prefix), static (span, made) =>
    {
        made.prefix.CopyTo(span);
        for (var i = made.prefix.Length; i < span.Length; i++)
        {
            span[i] = Letters[made.dice.With(i).Below(Letters.Length)];
        }
    });

    /// <summary>The id of the charge that is made under an idempotency key.</summary>
    public static string Charge(Dice world, string provider, string idempotencyKey) => provider == "square"
        ? Make(world.With("charge").With(idempotencyKey), "", 29)
        : Make(world.With("charge").With(idempotencyKey), "ch_", 24);

    /// <summary>The id of the refund that is made under an idempotency key. Square's begin with the payment that they give back.</summary>
    public static string Refund(Dice world, string provider, string idempotencyKey, string chargeId) => provider == "square"
        ? Make(world.With("refund").With(idempotencyKey), chargeId + "_", 43)
        : Make(world.With("refund").With(idempotencyKey), "re_", 24);
}

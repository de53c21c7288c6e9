namespace Recoup.Gateways.Simulated.World;

/// <summary>
/// The money behind one card: wages come in on payday and are spent until the next one. Most accounts keep a cushion; some run dry on the way.
/// Amounts are minor units and about alike in every currency (a cent is roughly a yen).
/// </summary>
internal readonly record struct BankAccount(Payday Payday, Dice Dice)
{
    private const double ShareThatRunDry = 0.105;

    public static BankAccount Of(WorldCustomer customer, string cardId) => new(customer.Payday, customer.Dice.With("account").With(cardId));

    public long BalanceMinor(DateTimeOffset at)
    {
        var (last, next) = Payday.Around(at);
        var progress = (at - last) / (next - last);
        if (!Dice.With("runs dry").Happens(ShareThatRunDry))
        {
            var cushion = Dice.With("cushion").Between(400_000, 4_000_000);
            return (long)(cushion + (200_000 * (1 - progress)));
        }

        // How far the money reaches differs from payday to payday.
        var month = Dice.With(last.ToUnixTimeSeconds());
        var lasts = month.With("lasts").Between(0.35, 0.95);
        var disposable = month.With("disposable").Between(60_000, 200_000);
        return (long)Math.Max(0, disposable * (1 - (progress / lasts)));
    }
}

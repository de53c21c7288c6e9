namespace Recoup.Gateways.Simulated.World;

/// <summary>
/// Decides what the issuer answers to a charge: a function of the seed, the ids, business time and what customers have done about it.
/// Causes, not codes, are modelled: so retrying helps where it would (after payday, after an outage, by day) and nowhere else.
/// </summary>
internal sealed class SimulatedWorld(int seed)
{
    private const double ProcessingErrors = 0.004;
    private const double WrongCvcs = 0.006;
    private const double AuthenticationsAsked = 0.006;
    private const double VelocityLimits = 0.003;
    private const double UnexplainedDeclines = 0.021;

    private static readonly (double Weight, double Item)[] MoodHours = [(0.40, 8), (0.25, 36), (0.20, 120), (0.15, 24 * 90)];

    private static readonly (double Weight, DeclineReason Item)[] UnexplainedReasons =
        [(0.55, DeclineReason.DoNotHonor), (0.38, DeclineReason.GenericDecline), (0.07, DeclineReason.CallIssuer)];

    public int Seed { get; } = seed;

    public Dice Dice { get; } = Dice.OfSeed(seed);

    public WorldCustomer Customer(string customerId) => WorldCustomer.Of(Dice, customerId);

    public WorldCard Card(string cardId) => WorldCard.Of(Dice, cardId);

    /// <summary>Null: approved.</summary>
    public DeclineCodes? Answer(WorldCharge charge, CustomerDeeds deeds)
    {
        var customer = Customer(charge.CustomerId);
        var card = Card(charge.CardId ?? customer.CardId(1));
        if (Refusal(charge, deeds, customer, card) is not var (reason, isLasting))
        {
            return null;
        }

        return DeclineCodes.For(reason, isLasting, charge.CardNetwork ?? card.Network, charge.Provider, Dice.With("advice").With(charge.Key));
    }

    private (DeclineReason Reason, bool IsLasting)? Refusal(WorldCharge charge, CustomerDeeds deeds, WorldCustomer customer, WorldCard card)
    {
        if (card.DeadBecause(deeds.CardUpdatedAt) is { } end)
        {
            return (end, true);
        }

        if (card.IsExpired(charge.At, deeds.CardUpdatedAt))
        {
            return (DeclineReason.ExpiredCard, true);
        }

        var payment = Dice.With("payment").With(charge.PaymentKey).With(card.CardId);
        if (!deeds.CvcEntered && payment.With("cvc").Happens(WrongCvcs))
        {
            return (DeclineReason.IncorrectCvc, true);
        }

        if (card.Issuer.IsDown(charge.At))
        {
            return (DeclineReason.IssuerNotAvailable, false);
        }

        if (Dice.With("processing").With(charge.Key).Happens(ProcessingErrors))
        {
            return (DeclineReason.ProcessingError, false);
        }

        if (BankAccount.Of(customer, card.CardId).BalanceMinor(charge.At) < charge.AmountMinor)
        {
            return (DeclineReason.InsufficientFunds, false);
        }

        if (!deeds.Contacted && customer.Country.AsksForAuthentication && payment.With("authentication").Happens(AuthenticationsAsked))
        {
            return (DeclineReason.AuthenticationRequired, true);
        }

        var day = charge.At.UtcTicks / TimeSpan.TicksPerDay;
        return card.Dice.With("velocity").With(day).Happens(VelocityLimits)
            ? (DeclineReason.VelocityExceeded, false)
            : Unexplained(charge, deeds, customer, card);
    }

    /// <summary>
    /// A mood of the issuer about one card: it holds for hours to months, then the dice are thrown again. A customer who has called the bank ends it.
    /// </summary>
    private static (DeclineReason Reason, bool IsLasting)? Unexplained(
        WorldCharge charge, CustomerDeeds deeds, WorldCustomer customer, WorldCard card)
    {
        var dice = card.Dice.With("mood");
        var hours = dice.With("hours").PickWeighted(MoodHours);
        var window = (charge.At.UtcTicks / (double)TimeSpan.TicksPerHour / hours) + dice.With("phase").Share;
        var mood = dice.With((long)window);
        var caution = Issuer.Caution(customer.Country.Local(charge.At));
        return deeds.Contacted || !mood.Happens(UnexplainedDeclines * caution)
            ? null
            : (mood.With("reason").PickWeighted(UnexplainedReasons), hours > 24 * 30);
    }
}

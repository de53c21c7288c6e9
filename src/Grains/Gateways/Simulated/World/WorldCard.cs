using System.Globalization;

namespace Recoup.Gateways.Simulated.World;

/// <summary>What becomes of one card over time. Made from the id alone.</summary>
internal sealed record WorldCard(string CardId, Issuer Issuer, Dice Dice)
{
    private const int MonthsValid = 48;
    private const double ShareWithCardUpdater = 0.8;

    private static readonly (double Weight, DeclineReason? Item)[] Ends =
    [
        (0.9925, null),
        (0.0026, DeclineReason.LostCard),
        (0.0016, DeclineReason.StolenCard),
        (0.0012, DeclineReason.PickupCard),
        (0.0012, DeclineReason.TransactionNotAllowed),
        (0.0009, DeclineReason.InvalidAccount),
    ];

    private static readonly (double Weight, string Item)[] Networks =
        [(0.52, "visa"), (0.33, "mastercard"), (0.09, "amex"), (0.04, "discover"), (0.02, "jcb")];

    public static WorldCard Of(Dice world, string cardId) => new(cardId, Issuer.OfCard(world, cardId), world.With("card").With(cardId));

    public string Network => Dice.With("network").PickWeighted(Networks);

    public string LastFour => Dice.With("last four").Below(10_000).ToString("D4", CultureInfo.InvariantCulture);

    /// <summary>Two digits of a month and four of a year, as it is printed on the card that is in use at this time.</summary>
    public (int Month, int Year) Expiry(DateTimeOffset at)
    {
        var next = LastExpiryMonth(at) + MonthsValid;
        return ((next % 12) + 1, next / 12);
    }

    /// <summary>For ever, until the customer gives a new card: lost, stolen, closed.</summary>
    public DeclineReason? DeadBecause(DateTimeOffset? updatedAt) => updatedAt is null ? Dice.With("end").PickWeighted(Ends) : null;

    /// <summary>
    /// The merchant still has the old expiry date: until the network's card updater brings the new one, the customer does, or
    /// the customer stumbles over it by themselves after some weeks.
    /// </summary>
    public bool IsExpired(DateTimeOffset at, DateTimeOffset? updatedAt)
    {
        var month = LastExpiryMonth(at);
        var expiredAt = new DateTimeOffset(month / 12, (month % 12) + 1, 1, 0, 0, 0, TimeSpan.Zero).AddMonths(1);
        var dice = Dice.With("expiry").With(month);
        var noticedAfterDays = dice.With("updater").Happens(ShareWithCardUpdater)
            ? dice.With("days").Between(0.5, 5)
            : dice.With("days").Between(30, 90);
        return at < expiredAt.AddDays(noticedAfterDays) && !(updatedAt >= expiredAt);
    }

    /// <summary>Counted from year 0; the last month of validity of the card before the one in use.</summary>
    private int LastExpiryMonth(DateTimeOffset at)
    {
        var phase = Dice.With("valid until").Below(MonthsValid);
        var lastFullMonth = (at.Year * 12) + at.Month - 2;
        return lastFullMonth - ((lastFullMonth - phase) % MonthsValid);
    }
}

namespace Recoup.Gateways.Simulated.World;

/// <summary>A bank that issues cards: it has outages, and approves more gladly by day.</summary>
internal readonly record struct Issuer(int Number, Dice Dice)
{
    private const int Issuers = 32;
    private const double OutagesAWeek = 0.22;
    private static readonly TimeSpan Week = TimeSpan.FromDays(7);

    public static Issuer OfCard(Dice world, string cardId)
    {
        var number = world.With("issuer of").With(cardId).Below(Issuers);
        return new Issuer(number, world.With("issuer").With(number));
    }

    /// <summary>At most one outage a week, of one to eight hours.</summary>
    public bool IsDown(DateTimeOffset at)
    {
        var week = at.UtcTicks / Week.Ticks;
        var dice = Dice.With("outage").With(week);
        if (!dice.Happens(OutagesAWeek))
        {
            return false;
        }

        var starts = dice.With("starts").Between(0, 160);
        var hour = (at.UtcTicks % Week.Ticks) / (double)TimeSpan.TicksPerHour;
        return hour >= starts && hour < starts + dice.With("lasts").Between(1, 8);
    }

    /// <summary>How much more often than usual it declines without a reason at this local hour.</summary>
    public static double Caution(DateTimeOffset local) => local.Hour switch
    {
        < 6 => 2.2,
        >= 8 and < 20 => 0.8,
        _ => 1.1,
    };
}

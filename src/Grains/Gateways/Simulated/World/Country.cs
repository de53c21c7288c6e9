namespace Recoup.Gateways.Simulated.World;

/// <summary>Where a customer lives: currency, time zone and how wages are paid there.</summary>
/// <param name="Code">ISO 3166, two letters.</param>
/// <param name="Currency">ISO 4217.</param>
/// <param name="TimeZone">IANA name.</param>
/// <param name="Offset">Standard time's distance from UTC; the world knows no summer time.</param>
/// <param name="Paydays">The habits of this country's employers, by weight.</param>
internal sealed record Country(
    string Code, string Currency, string TimeZone, TimeSpan Offset, (double Weight, PaydayHabit Item)[] Paydays)
{
    private static readonly (double, PaydayHabit)[] American =
        [(0.45, PaydayHabit.EverySecondFriday), (0.35, PaydayHabit.FirstAndFifteenth), (0.20, PaydayHabit.MonthEnd)];

    private static readonly (double, PaydayHabit)[] European =
        [(0.45, PaydayHabit.MonthEnd), (0.30, PaydayHabit.TwentyFifth), (0.25, PaydayHabit.First)];

    private static readonly (double, PaydayHabit)[] Japanese = [(0.75, PaydayHabit.TwentyFifth), (0.25, PaydayHabit.MonthEnd)];

    private static readonly (double Weight, Country Item)[] All =
    [
        (0.30, new("US", "USD", "America/New_York", TimeSpan.FromHours(-5), American)),
        (0.18, new("US", "USD", "America/Los_Angeles", TimeSpan.FromHours(-8), American)),
        (0.10, new("CA", "CAD", "America/Toronto", TimeSpan.FromHours(-5), American)),
        (0.16, new("GB", "GBP", "Europe/London", TimeSpan.Zero, European)),
        (0.09, new("DE", "EUR", "Europe/Berlin", TimeSpan.FromHours(1), European)),
        (0.06, new("FR", "EUR", "Europe/Paris", TimeSpan.FromHours(1), European)),
        (0.05, new("ES", "EUR", "Europe/Madrid", TimeSpan.FromHours(1), European)),
        (0.06, new("JP", "JPY", "Asia/Tokyo", TimeSpan.FromHours(9), Japanese)),
    ];

    /// <summary>Countries whose cards turn up in stolen lists, and where none of the customers live.</summary>
    public static IReadOnlyList<string> Elsewhere { get; } = ["BR", "NG", "VN", "RO", "ID"];

    /// <summary>European banks ask for the cardholder's presence (strong customer authentication).</summary>
    public bool AsksForAuthentication => Currency is "EUR" or "GBP";

    public static Country Draw(Dice dice) => dice.PickWeighted(All);

    public DateTimeOffset Local(DateTimeOffset at) => at.ToOffset(Offset);
}

namespace Recoup.Gateways.Simulated.World;

internal enum PaydayHabit
{
    First,
    FirstAndFifteenth,
    TwentyFifth,
    MonthEnd,
    EverySecondFriday,
}

/// <summary>When a customer is paid. Wages are on the account at six in the morning, local time.</summary>
internal sealed record Payday(PaydayHabit Habit, TimeSpan Offset)
{
    private static readonly TimeSpan ArrivesAt = TimeSpan.FromHours(6);

    // A Friday; every second one from here is a payday for half of those paid so, the others get theirs between.
    private static readonly DateOnly FridayEpoch = new(2024, 1, 5);

    /// <summary>The last payday at or before a moment, and the next one after it.</summary>
    public (DateTimeOffset Last, DateTimeOffset Next) Around(DateTimeOffset at)
    {
        var today = DateOnly.FromDateTime((at - ArrivesAt).ToOffset(Offset).DateTime);
        var last = today;
        while (!IsPayday(last))
        {
            last = last.AddDays(-1);
        }

        var next = today.AddDays(1);
        while (!IsPayday(next))
        {
            next = next.AddDays(1);
        }

        return (Arrival(last), Arrival(next));
    }

    private bool IsPayday(DateOnly day) => Habit switch
    {
        PaydayHabit.First => day.Day == 1,
        PaydayHabit.FirstAndFifteenth => day.Day is 1 or 15,
        PaydayHabit.TwentyFifth => day.Day == 25,
        PaydayHabit.MonthEnd => day.AddDays(1).Day == 1,
        PaydayHabit.EverySecondFriday => (day.DayNumber - FridayEpoch.DayNumber) % 14 == 0,
        _ => throw new InvalidOperationException($"Unknown payday habit {Habit}."),
    };

    private DateTimeOffset Arrival(DateOnly day) => new DateTimeOffset(day.ToDateTime(TimeOnly.FromTimeSpan(ArrivesAt)), Offset).ToUniversalTime();
}

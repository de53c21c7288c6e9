using CsCheck;
using Recoup.Gateways.Simulated.World;

namespace Recoup.Grains.Tests.Gateways.Simulated;

[TestClass]
public sealed class PaydayTests
{
    private static readonly DateTimeOffset Start = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [TestMethod]
    public void Around_AnyMoment_LiesBetweenTwoPaydaysAtMostAMonthApart()
    {
        var habits = Gen.Enum<PaydayHabit>();
        Gen.Select(habits, Gen.Int[-10, 10], Gen.Long[0, TimeSpan.TicksPerDay * 1_500]).Sample((habit, hours, ticks) =>
        {
            var at = Start.AddTicks(ticks);
            var (last, next) = new Payday(habit, TimeSpan.FromHours(hours)).Around(at);

            Assert.IsTrue(last <= at && at < next, $"{last:O} {at:O} {next:O}");
            Assert.IsLessThanOrEqualTo(31.0, (next - last).TotalDays);
        });
    }

    [TestMethod]
    [DataRow(PaydayHabit.First, "2025-03-01T06:00:00Z", "2025-04-01T06:00:00Z")]
    [DataRow(PaydayHabit.FirstAndFifteenth, "2025-03-01T06:00:00Z", "2025-03-15T06:00:00Z")]
    [DataRow(PaydayHabit.TwentyFifth, "2025-02-25T06:00:00Z", "2025-03-25T06:00:00Z")]
    [DataRow(PaydayHabit.MonthEnd, "2025-02-28T06:00:00Z", "2025-03-31T06:00:00Z")]
    [DataRow(PaydayHabit.EverySecondFriday, "2025-02-28T06:00:00Z", "2025-03-14T06:00:00Z")]
    public void Around_TheTenthOfMarch_FindsTheHabitsDays(object habit, string last, string next)
    {
        var around = new Payday((PaydayHabit)habit, TimeSpan.Zero).Around(new DateTimeOffset(2025, 3, 10, 12, 0, 0, TimeSpan.Zero));

        Assert.AreEqual((Instant(last), Instant(next)), around);
    }

    private static DateTimeOffset Instant(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}

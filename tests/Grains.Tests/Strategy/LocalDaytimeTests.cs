using System.Globalization;
using Recoup.Strategy;

namespace Recoup.Grains.Tests.Strategy;

/// <summary>New York is four hours behind UTC in September.</summary>
[TestClass]
public sealed class LocalDaytimeTests
{
    private static readonly LocalDaytime Daytime = new(new StrategyOptions());

    [TestMethod]
    [DataRow("2026-09-02T16:00Z", "2026-09-01T16:00Z", "2026-09-02T16:00Z", DisplayName = "noon stays")]
    [DataRow("2026-09-03T07:00Z", "2026-09-01T16:00Z", "2026-09-02T23:00Z", DisplayName = "3 am goes to the evening before")]
    [DataRow("2026-09-02T07:00Z", "2026-09-02T01:00Z", "2026-09-02T12:00Z", DisplayName = "3 am, decided at night, goes to the morning")]
    [DataRow("2026-09-02T07:00Z", "2026-09-01T19:00Z", "2026-09-02T12:00Z", DisplayName = "3 am keeps half of its wait: the evening would be too soon")]
    [DataRow("2026-09-02T02:00Z", "2026-09-01T16:00Z", "2026-09-01T23:00Z", DisplayName = "10 pm goes to the same evening")]
    [DataRow("2026-09-02T02:00Z", "2026-09-02T01:00Z", "2026-09-02T02:00Z", DisplayName = "10 pm, decided at 9, has no choice left")]
    public void Move_OfATime_GoesEarlierOrStaysWithinTheDay(string at, string now, string expected) =>
        Assert.AreEqual(Time(expected), Daytime.Move(Time(at), Time(now), Time(now), Time(now).AddDays(14), "America/New_York"));

    [TestMethod]
    public void Move_EarliestOfARule_IsNotPassed()
    {
        var (at, now) = (Time("2026-09-03T07:00Z"), Time("2026-09-01T16:00Z"));

        Assert.AreEqual(Time("2026-09-03T12:00Z"), Daytime.Move(at, now, at, now.AddDays(14), "America/New_York"));
    }

    [TestMethod]
    public void Move_EndOfTheWindow_IsNotPassed()
    {
        var (at, now) = (Time("2026-09-03T07:00Z"), Time("2026-09-01T16:00Z"));

        Assert.AreEqual(at, Daytime.Move(at, now, at, at, "America/New_York"));
    }

    [TestMethod]
    [DataRow(null)]
    [DataRow("Mars/Olympus")]
    public void Move_UnknownTimeZone_LeavesTheTime(string? zone)
    {
        var at = Time("2026-09-03T07:00Z");

        Assert.AreEqual(at, Daytime.Move(at, at.AddDays(-1), at.AddDays(-1), at.AddDays(9), zone));
    }

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}

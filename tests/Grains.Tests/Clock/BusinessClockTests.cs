using CsCheck;
using Microsoft.Extensions.Time.Testing;
using Recoup.Clock;

namespace Recoup.Grains.Tests.Clock;

[TestClass]
public sealed class BusinessClockTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);
    private readonly string folder = Directory.CreateTempSubdirectory("recoup-clock-").FullName;
    private readonly FakeTimeProvider wall = new(Noon) { AutoAdvanceAmount = TimeSpan.Zero };

    [TestCleanup]
    public void DeleteFolder() => Directory.Delete(folder, recursive: true);

    [TestMethod]
    public void UtcNow_AtScaleOne_IsWallTime()
    {
        var clock = Open(scale: 1);
        wall.Advance(TimeSpan.FromMinutes(7));
        Assert.AreEqual(wall.GetUtcNow(), clock.UtcNow);
    }

    [TestMethod]
    public void UtcNow_AtScale3600_GoesAnHourASecond()
    {
        var clock = Open(scale: 3600);
        wall.Advance(TimeSpan.FromSeconds(2));
        Assert.AreEqual(Noon.AddHours(2), clock.UtcNow);
        Assert.AreEqual(TimeSpan.FromSeconds(24), clock.ToWall(TimeSpan.FromDays(1)));
        Assert.AreEqual(Noon.AddSeconds(10), clock.ToWall(Noon.AddHours(10)));
    }

    [TestMethod]
    public void Open_AfterRestart_GoesOnWhereItWas()
    {
        Open(scale: 60);
        wall.Advance(TimeSpan.FromMinutes(1));
        Assert.AreEqual(Noon.AddHours(1), Open(scale: 60).UtcNow);
    }

    [TestMethod]
    public void Open_WithAnotherScale_GoesOnFromTheSameMoment()
    {
        Open(scale: 60);
        wall.Advance(TimeSpan.FromMinutes(1));
        var slower = Open(scale: 2);
        Assert.AreEqual(Noon.AddHours(1), slower.UtcNow);
        wall.Advance(TimeSpan.FromMinutes(1));
        Assert.AreEqual(Noon.AddMinutes(62), slower.UtcNow);
    }

    [TestMethod]
    public void Open_BehindAndBackToScaleOne_IsWallTimeAgain()
    {
        Open(scale: 60, startsBefore: TimeSpan.FromDays(10));
        wall.Advance(TimeSpan.FromMinutes(1));
        Assert.AreEqual(wall.GetUtcNow(), Open(scale: 1).UtcNow);
    }

    [TestMethod]
    public void UtcNow_StartedBehind_NeverPassesTheWallClock()
    {
        var clock = Open(scale: 86_401, startsBefore: TimeSpan.FromDays(10));
        wall.Advance(TimeSpan.FromSeconds(10));
        Assert.AreEqual(wall.GetUtcNow(), clock.UtcNow);
        wall.Advance(TimeSpan.FromHours(1));
        Assert.AreEqual(wall.GetUtcNow(), clock.UtcNow);
        Assert.AreEqual(wall.GetUtcNow().AddDays(1), clock.ToWall(clock.UtcNow.AddDays(1)));
        Assert.AreEqual(TimeSpan.FromDays(1), clock.ToWall(TimeSpan.FromDays(1)));
    }

    [TestMethod]
    public void Open_WallClockSetBack_StaysWhereItWas()
    {
        Open(scale: 60);
        Assert.AreEqual(Noon, BusinessClock.Open(folder, new() { Scale = 60 }, new FakeTimeProvider(Noon.AddHours(-1))).UtcNow);
    }

    [TestMethod]
    public void Open_DamagedFile_SaysWhichFile()
    {
        File.WriteAllText(Path.Combine(folder, BusinessClock.FileName), "{");
        var error = Assert.ThrowsExactly<InvalidDataException>(() => Open(scale: 1));
        StringAssert.Contains(error.Message, BusinessClock.FileName);
    }

    [TestMethod]
    public void UtcNow_AnyRestartsAndScales_NeverGoesBack()
    {
        var scale = Gen.OneOf(Gen.Const(1.0), Gen.Double[0.5, 100_000]);
        Gen.Select(scale, Gen.Int[0, 100_000]).Array[1, 12].Select(Gen.Int[0, 1_000]).Sample((steps, daysBefore) =>
        {
            var own = Directory.CreateTempSubdirectory("recoup-clock-");
            try
            {
                var time = new FakeTimeProvider(Noon);
                var latest = DateTimeOffset.MinValue;
                foreach (var (speed, milliseconds) in steps)
                {
                    var clock = BusinessClock.Open(own.FullName, new() { Scale = speed, StartsBefore = TimeSpan.FromDays(daysBefore) }, time);
                    Assert.IsGreaterThanOrEqualTo(latest, clock.UtcNow);
                    time.Advance(TimeSpan.FromMilliseconds(milliseconds));
                    Assert.IsGreaterThanOrEqualTo(latest, clock.UtcNow);
                    Assert.IsTrue(daysBefore == 0 || clock.UtcNow <= time.GetUtcNow(), "Started behind, passed the wall clock.");
                    latest = clock.UtcNow;
                }
            }
            finally
            {
                own.Delete(recursive: true);
            }
        }, iter: 300);
    }

    private BusinessClock Open(double scale, TimeSpan startsBefore = default) =>
        BusinessClock.Open(folder, new() { Scale = scale, StartsBefore = startsBefore }, wall);
}

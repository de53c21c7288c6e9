using System.Threading.Channels;
using Microsoft.Extensions.Time.Testing;
using Recoup.Embedded.Temporal.Timers;

namespace Recoup.Embedded.Temporal.Tests.Timers;

[TestClass]
public sealed class TimerServiceTests
{
    private readonly FakeTimeProvider clock = new();
    private readonly Channel<long> woken = Channel.CreateUnbounded<long>();

    public TestContext TestContext { get; set; } = null!;

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    [TestMethod]
    public async Task Start_WithSeveralDue_WakesThemInTheirOrder()
    {
        await using var timers = Timers(TimeSpan.Zero);
        timers.Set(3, Now.AddSeconds(-1));
        timers.Set(1, Now.AddSeconds(-3));
        timers.Set(2, Now.AddSeconds(-2));
        timers.Start();

        Assert.AreEqual(1, await NextAsync());
        Assert.AreEqual(2, await NextAsync());
        Assert.AreEqual(3, await NextAsync());
        Assert.AreEqual(0, timers.Count);
    }

    [TestMethod]
    public async Task Set_ToALaterTimeOrNone_DoesNotWakeAtTheFirst()
    {
        await using var timers = Timers(TimeSpan.Zero);
        timers.Set(1, Now.AddSeconds(-1));
        timers.Set(1, Now.AddDays(1));
        timers.Set(2, Now.AddSeconds(-1));
        timers.Set(2, null);
        timers.Set(3, Now);
        timers.Start();

        Assert.AreEqual(3, await NextAsync());
        Assert.AreEqual(1, timers.Count);
    }

    [TestMethod]
    public async Task Set_WithAFloor_IsNotPutOffByBeingSetAgain()
    {
        await using var timers = Timers(TimeSpan.FromSeconds(1));
        var due = Now.AddSeconds(0.1);
        timers.Set(1, due);
        clock.Advance(TimeSpan.FromSeconds(0.9));
        timers.Set(1, due);
        clock.Advance(TimeSpan.FromSeconds(0.1));
        timers.Start();

        Assert.AreEqual(1, await NextAsync());
    }

    private TimerService Timers(TimeSpan floor) => new(clock, floor, key =>
    {
        woken.Writer.TryWrite(key);
        return Task.CompletedTask;
    });

    private ValueTask<long> NextAsync() => woken.Reader.ReadAsync(TestContext.CancellationToken);
}

using System.Collections.Concurrent;
using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Recoup.Clock;
using Recoup.Pipeline;
using Recoup.Silo.Pipeline;

namespace Recoup.Silo.Tests.Pipeline;

/// <summary>Quartz with its store in a file, on business time; the grain is played.</summary>
[TestClass]
public sealed class CalendarTests
{
    private const string Hourly = "0 0 * * * ?";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly DateTimeOffset Noon = new(2026, 9, 1, 12, 20, 0, TimeSpan.Zero);

    [TestMethod]
    public async Task Slots_AtAFastClock_AreRoundBusinessTimesInTheirOrder()
    {
        using var folder = new TemporaryFolder();
        var clock = new PlayedClock { Scale = 3_600 }; // An hour a second.
        using var patience = new CancellationTokenSource(Patience);

        await using var calendar = await RunningCalendar.StartAsync(folder.File, clock);
        while (calendar.Slots.Distinct().Count() < 3)
        {
            await calendar.Fired.WaitAsync(patience.Token);
        }

        var slots = calendar.Slots.ToArray();
        Assert.IsTrue(slots.All(slot => slot is { Minute: 0, Second: 0, Millisecond: 0 }), string.Join(' ', slots));
        CollectionAssert.AreEqual(slots.Order().ToArray(), slots);
        Assert.IsTrue(slots[0] > Noon && slots[^1] <= clock.UtcNow, "Slots are business time.");
    }

    [TestMethod]
    public async Task Slot_WhileNoSiloRan_IsFiredAtTheNextStart()
    {
        using var folder = new TemporaryFolder();
        var clock = new PlayedClock();
        await using (var first = await RunningCalendar.StartAsync(folder.File, clock))
        {
            Assert.IsEmpty(first.Slots);
        }

        clock.Forward(TimeSpan.FromHours(3));
        using var patience = new CancellationTokenSource(Patience);
        await using var second = await RunningCalendar.StartAsync(folder.File, clock);
        await second.Fired.WaitAsync(patience.Token);

        Assert.IsTrue(second.Slots.All(slot => slot == Noon.AddHours(3).AddMinutes(-20)), string.Join(' ', second.Slots));
    }

    [TestMethod]
    public async Task BusinessTime_IsQuartzsAlone_AndNobodyElses()
    {
        using var folder = new TemporaryFolder();
        await using var calendar = await RunningCalendar.StartAsync(folder.File, new PlayedClock());
        Assert.AreSame(TimeProvider.System, calendar.ContainerTime);
    }

    [TestMethod]
    public async Task Cron_ThatChanged_ReplacesTheStoredOne()
    {
        using var folder = new TemporaryFolder();
        var clock = new PlayedClock();
        await (await RunningCalendar.StartAsync(folder.File, clock)).DisposeAsync();

        clock.Forward(TimeSpan.FromHours(3));
        await using var second = await RunningCalendar.StartAsync(folder.File, clock, "0 0 0 * * ?");

        Assert.AreEqual("0 0 0 * * ?", await second.StoredCronAsync());
        Assert.IsEmpty(second.Slots, "What the old expression missed is nobody's slot.");
    }

    [TestMethod]
    [DataRow("2026-09-01T12:00:00Z", "2026-09-01T12:00:00Z", DisplayName = "on time")]
    [DataRow("2026-09-01T12:59:59Z", "2026-09-01T12:00:00Z", DisplayName = "late")]
    public void SlotOf_AFiring_IsTheLatestSlotUntilThen(string fired, string slot) =>
        Assert.AreEqual(DateTimeOffset.Parse(slot, null), PipelineJob.SlotOf(Hourly, DateTimeOffset.Parse(fired, null)));

    private sealed class TemporaryFolder : IDisposable
    {
        private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("recoup-quartz-");

        public string File => Path.Combine(folder.FullName, "quartz.db");

        public void Dispose()
        {
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Starts at 12:20 and goes on at its scale; may be moved forward.</summary>
    private sealed class PlayedClock : IBusinessClock
    {
        private readonly long start = TimeProvider.System.GetTimestamp();
        private TimeSpan moved;

        public double Scale { get; init; } = 1;

        public DateTimeOffset UtcNow => Noon + moved + (TimeProvider.System.GetElapsedTime(start) * Scale);

        public void Forward(TimeSpan time) => moved += time;

        public TimeSpan ToWall(TimeSpan business) => business / Scale;

        public DateTimeOffset ToWall(DateTimeOffset business) => throw new NotSupportedException();
    }

    private sealed class RunningCalendar : IAsyncDisposable
    {
        private readonly IHost host;

        private RunningCalendar(string file, IBusinessClock clock, string cron)
        {
            var builder = Host.CreateApplicationBuilder();
            builder.Logging.ClearProviders();
            builder.Services.AddSingleton(Options.Create(new PipelineOptions { Cron = cron }));
            builder.Services.AddSingleton(Grains());
            builder.Services.AddSingleton(TimeProvider.System);
            builder.Services.AddCalendar(file, clock);
            host = builder.Build();
        }

        public ConcurrentQueue<DateTimeOffset> Slots { get; } = new();

        public SemaphoreSlim Fired { get; } = new(0);

        public static async Task<RunningCalendar> StartAsync(string file, IBusinessClock clock, string cron = Hourly)
        {
            var calendar = new RunningCalendar(file, clock, cron);
            await calendar.host.StartAsync();
            return calendar;
        }

        public TimeProvider ContainerTime => host.Services.GetRequiredService<TimeProvider>();

        public async Task<string?> StoredCronAsync()
        {
            var scheduler = await host.Services.GetRequiredKeyedService<Quartz.ISchedulerFactory>(PipelineCalendar.SchedulerName).GetScheduler();
            return (await scheduler.GetTrigger(new Quartz.TriggerKey("pipeline-slots")) as Quartz.ICronTrigger)?.CronExpressionString;
        }

        public async ValueTask DisposeAsync()
        {
            await host.StopAsync();
            host.Dispose();
            Fired.Dispose();
        }

        private IGrainFactory Grains()
        {
            var grain = DispatchProxy.Create<IPipelineGrain, PlayedGrain>();
            ((PlayedGrain)(object)grain).Fired = slot =>
            {
                Slots.Enqueue(slot);
                Fired.Release();
            };
            var factory = DispatchProxy.Create<IGrainFactory, PlayedFactory>();
            ((PlayedFactory)(object)factory).Grain = grain;
            return factory;
        }
    }

    public class PlayedGrain : DispatchProxy
    {
        internal Action<DateTimeOffset> Fired { get; set; } = null!;

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        {
            Fired((DateTimeOffset)args![0]!);
            return Task.FromResult(true);
        }
    }

    public class PlayedFactory : DispatchProxy
    {
        internal IPipelineGrain Grain { get; set; } = null!;

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => Grain;
    }
}

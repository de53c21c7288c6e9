using System.Reflection;
using Microsoft.Extensions.Options;
using Recoup.Pipeline;
using Recoup.Pipeline.Monitors;

namespace Recoup.Grains.Tests.Pipeline;

/// <summary>What each monitor says of given facts, at and beside its thresholds.</summary>
[TestClass]
public sealed class MonitorDecisionTests
{
    private static readonly DateTimeOffset Now = new(2026, 9, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly IOptions<PipelineOptions> Options = Microsoft.Extensions.Options.Options.Create(new PipelineOptions());
    private static readonly LakeTopic Charges = LakeTopic.All[0];

    [TestMethod]
    [DataRow(0L, Severity.Ok)]
    [DataRow(100L, Severity.Ok)]
    [DataRow(101L, Severity.Warning)]
    [DataRow(1_000L, Severity.Warning)]
    [DataRow(1_001L, Severity.Critical)]
    public void QuarantinedCharges_AroundTheThreshold(long records, Severity expected) =>
        Assert.AreEqual(expected, Create<QuarantinedChargesMonitor>().Decide(records, 100).Severity);

    [TestMethod]
    public void QuarantineSummary_ManyOldAndFewNew_IsWell()
    {
        var reading = Create<QuarantineSummaryMonitor>().Decide(Charges, records: 1_000_000, newRecords: 3, threshold: 1_000);
        Assert.AreEqual(Severity.Ok, reading.Severity);
        Assert.AreEqual("bronze.quarantine_payment_charges", reading.Subject);
        Assert.AreEqual(3m, reading.Value);
    }

    [TestMethod]
    [DataRow(20L, 1L, Severity.Ok)]
    [DataRow(20L, 2L, Severity.Warning)]
    [DataRow(19L, 19L, Severity.Ok, DisplayName = "too few to judge")]
    [DataRow(0L, 0L, Severity.Ok)]
    public void ValidationFlagRate_AroundTheThreshold(long events, long flagged, Severity expected) =>
        Assert.AreEqual(expected, Create<ValidationFlagRateMonitor>().Decide(events, flagged, 0.05m, 20).Severity);

    [TestMethod]
    [DataRow(3_600, 5L, Severity.Ok)]
    [DataRow(7_201, 5L, Severity.Warning)]
    [DataRow(7_201, 0L, Severity.Ok, DisplayName = "old, but nothing waits")]
    [DataRow(72_001, 5L, Severity.Critical)]
    public void Freshness_OfBronze_CountsOnlyWhileSomethingWaits(int ageSeconds, long waiting, Severity expected) =>
        Assert.AreEqual(expected, Create<FreshnessMonitor>().DecideBronze(Charges, Now, Now.AddSeconds(-ageSeconds), waiting, 7_200).Severity);

    [TestMethod]
    public void Freshness_OfGold_CountsAlways()
    {
        Assert.AreEqual(Severity.Ok, Create<FreshnessMonitor>().DecideGold(Now, Now.AddSeconds(-7_200), 7_200).Severity);
        Assert.AreEqual(Severity.Warning, Create<FreshnessMonitor>().DecideGold(Now, Now.AddSeconds(-7_201), 7_200).Severity);
        StringAssert.Contains(Create<FreshnessMonitor>().DecideGold(Now, null, 7_200).Summary, "never");
    }

    [TestMethod]
    [DataRow(10L, 0L, 10L)]
    [DataRow(10L, 10L, 0L)]
    [DataRow(10L, 12L, 0L, DisplayName = "tables are ahead of an older look at the log")]
    public void Lag_OfAPartition_IsWhatIsInNoTable(long high, long next, long expected) =>
        Assert.AreEqual(expected, ValidationProgress.Lag(new LogEnd("t", 0, 0, high), next));

    [TestMethod]
    public void Lag_RecordsThatTheLogDropped_AreNone() => Assert.AreEqual(4, ValidationProgress.Lag(new LogEnd("t", 0, Low: 96, High: 100), next: 0));

    [TestMethod]
    public void BackPressure_SomethingWaitsAndNothingMoves_IsCritical()
    {
        var monitor = Create<ValidationBackPressureMonitor>();
        Assert.AreEqual(Severity.Critical, monitor.Decide("t", waiting: 1, validated: 0, threshold: 300).Severity);
        Assert.AreEqual(Severity.Ok, monitor.Decide("t", waiting: 0, validated: 0, threshold: 300).Severity);
        Assert.AreEqual(300m, monitor.Decide("t", waiting: 1_000, validated: 1_000, threshold: 300).Value);
        Assert.AreEqual(Severity.Ok, monitor.Decide("t", waiting: 1_000, validated: 1_000, threshold: 300).Severity);
        Assert.AreEqual(Severity.Warning, monitor.Decide("t", waiting: 1_001, validated: 1_000, threshold: 300).Severity);
    }

    [TestMethod]
    [DataRow(99L, 1L, Severity.Ok)]
    [DataRow(98L, 2L, Severity.Warning)]
    [DataRow(80L, 20L, Severity.Critical)]
    [DataRow(0L, 0L, Severity.Ok)]
    [DataRow(1L, 1L, Severity.Ok, DisplayName = "too few to judge")]
    public void ValidationPassRate_AroundTheThreshold(long valid, long refused, Severity expected) =>
        Assert.AreEqual(expected, Create<ValidationPassRateMonitor>().Decide(Charges, valid, refused, 0.99m, 20).Severity);

    [TestMethod]
    public void Iceberg_FilesAndCommits_AroundTheThreshold()
    {
        Assert.AreEqual(Severity.Ok, Create<IcebergFilesMonitor>().Decide("b.t", 5_000, 1, 5_000).Severity);
        Assert.AreEqual(Severity.Warning, Create<IcebergFilesMonitor>().Decide("b.t", 5_001, 1, 5_000).Severity);
        Assert.AreEqual(2m, Create<IcebergWritesMonitor>().Decide("b.t", 120, 300).Value);
        Assert.AreEqual(Severity.Warning, Create<IcebergWritesMonitor>().Decide("b.t", 60 * 301, 300).Severity);
    }

    [TestMethod]
    public void Workflows_FailedShare_IsJudgedAndTheRestReported()
    {
        var monitor = Create<WorkflowsMonitor>();
        var well = monitor.Decide(new WorkflowCounts(200, 99, 1, TimeSpan.FromSeconds(2)), 0.01m, 20);
        var ill = monitor.Decide(new WorkflowCounts(200, 98, 2, null), 0.01m, 20);

        CollectionAssert.AreEqual(new[] { "started", "completed", "failed", "duration" }, well.Select(reading => reading.Subject).ToArray());
        Assert.IsTrue(well.All(reading => reading.Severity == Severity.Ok));
        Assert.AreEqual(2m, well[3].Value);
        Assert.AreEqual(Severity.Warning, ill[2].Severity);
        Assert.IsNull(ill[3].Value);
    }

    [TestMethod]
    public void Median_OfDurations_IsTheLowerMiddle()
    {
        Assert.IsNull(TemporalWorkflowGauge.Median([]));
        Assert.AreEqual(TimeSpan.FromSeconds(2), TemporalWorkflowGauge.Median([.. new[] { 9, 1, 2, 4 }.Select(seconds => TimeSpan.FromSeconds(seconds))]));
    }

    [TestMethod]
    [DataRow(100L, 50L, Severity.Ok)]
    [DataRow(100L, 49L, Severity.Warning)]
    [DataRow(0L, 0L, Severity.Ok)]
    public void PaymentSuccess_AroundTheThreshold(long attempted, long succeeded, Severity expected) =>
        Assert.AreEqual(expected, Create<PaymentSuccessMonitor>().Decide(attempted, succeeded, 0.5m, 20).Severity);

    [TestMethod]
    [DataRow(45L, Severity.Ok)]
    [DataRow(44L, Severity.Warning)]
    public void RecoveryRate_AgainstTheWeekBefore_MayFallByAQuarter(long recovered, Severity expected) =>
        Assert.AreEqual(expected, Create<RecoveryRateMonitor>().Decide((recovered, 100), (600, 1_000), 0.25m, 20).Severity);

    [TestMethod]
    public void RecoveryRate_FewEnds_IsNotJudged() =>
        Assert.AreEqual(Severity.Ok, Create<RecoveryRateMonitor>().Decide((0, 19), (600, 1_000), 0.25m, 20).Severity);

    [TestMethod]
    public void Anomalies_HourLikeTheOthers_IsWellAndAWaveIsNot()
    {
        var monitor = Create<AnomaliesMonitor>();
        Assert.AreEqual(Severity.Ok, Volume(monitor.Decide(Hours(latest: 102), 4, 20)));
        Assert.AreEqual(Severity.Warning, Volume(monitor.Decide(Hours(latest: 200), 4, 20)));
        Assert.AreEqual(Severity.Warning, Volume(monitor.Decide(Hours(latest: 0), 4, 20)), "Silence is an anomaly too.");
        Assert.IsNull(monitor.Decide([.. Hours(latest: 100).Take(10)], 4, 20)[0].Value, "Ten hours say nothing of what is usual.");
    }

    [TestMethod]
    public void Anomalies_Amounts_AreJudgedByCurrency()
    {
        ChargeHour[] hours = [.. Hours(100).Where(hour => hour.HoursAgo > 1), new(1, "USD", 100, 25, 9_000)];
        var amounts = Create<AnomaliesMonitor>().Decide(hours, 4, 20).Single(reading => reading.Subject == "amounts_USD");
        Assert.AreEqual(Severity.Warning, amounts.Severity);
    }

    [TestMethod]
    public void Deviation_CountsThatNeverMoved_OneMoreIsNoAlarm() => Assert.IsLessThan(1.0, Deviation.Of(11, [.. Enumerable.Repeat(10.0, 50)])!.Value);

    private static Severity Volume(IReadOnlyList<Reading> readings) => readings.Single(reading => reading.Subject == "volume").Severity;

    /// <summary>A week of about a hundred charges an hour, a quarter of them declined.</summary>
    private static IReadOnlyList<ChargeHour> Hours(long latest) =>
    [
        .. latest == 0 ? Array.Empty<ChargeHour>() : [new(1, "USD", latest, latest / 4, 5_000)],
        .. Enumerable.Range(2, 167).Select(ago => new ChargeHour(ago, "USD", 95 + (ago % 11), 25, 4_950 + (ago % 100))),
    ];

    /// <summary>Decisions are pure: a monitor without anything to ask can still judge.</summary>
    private static T Create<T>()
    {
        var constructor = typeof(T).GetConstructors(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic).Single();
        return (T)constructor.Invoke([.. constructor.GetParameters().Select(parameter => parameter.ParameterType == typeof(IOptions<PipelineOptions>) ? (object)Options : null)]);
    }
}

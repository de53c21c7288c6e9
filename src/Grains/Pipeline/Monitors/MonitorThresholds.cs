using System.ComponentModel.DataAnnotations;

namespace Recoup.Pipeline.Monitors;

/// <summary>Settings <c>Pipeline__Monitors__&lt;name&gt;</c>: from where on a reading is a warning.</summary>
public sealed class MonitorThresholds
{
    /// <summary>Charges in quarantine in the last wall hour, at most. Default 100.</summary>
    [Range(0, long.MaxValue)]
    public long QuarantinedCharges { get; set; } = 100;

    /// <summary>Records in one quarantine table in the last wall hour, at most. Default 1,000.</summary>
    [Range(0, long.MaxValue)]
    public long QuarantineSummary { get; set; } = 1_000;

    /// <summary>Share of the payments of the last business day with a validation flag, at most. Default 0.05.</summary>
    [Range(0.0, 1.0)]
    public double ValidationFlagRate { get; set; } = 0.05;

    /// <summary>Age of a table's newest row while records wait for it, and of gold's newest build, in wall seconds, at most. Default 2 hours.</summary>
    [Range(1, long.MaxValue)]
    public long Freshness { get; set; } = 7_200;

    /// <summary>Records of a topic that are in no table yet, at most. Default 10,000.</summary>
    [Range(0, long.MaxValue)]
    public long KafkaLag { get; set; } = 10_000;

    /// <summary>Wall seconds that validation needs for what waits, at the pace of the last five minutes, at most. Default 300.</summary>
    [Range(0, long.MaxValue)]
    public long ValidationBackPressure { get; set; } = 300;

    /// <summary>Data files of one table, at most. Default 5,000.</summary>
    [Range(1, long.MaxValue)]
    public long IcebergFiles { get; set; } = 5_000;

    /// <summary>Commits to one table a wall minute over the last hour, at most. Default 300.</summary>
    [Range(1, long.MaxValue)]
    public long IcebergWrites { get; set; } = 300;

    /// <summary>Share of a topic's records of the last wall hour that are valid, at least. Default 0.99.</summary>
    [Range(0.0, 1.0)]
    public double ValidationPassRate { get; set; } = 0.99;

    /// <summary>Share of the workflows that closed in the last wall hour and failed, at most. Default 0.01.</summary>
    [Range(0.0, 1.0)]
    public double Workflows { get; set; } = 0.01;

    /// <summary>Share of the first attempts of the last business hour that succeeded, at least. Default 0.5.</summary>
    [Range(0.0, 1.0)]
    public double PaymentSuccess { get; set; } = 0.5;

    /// <summary>How far the recovery rate of the last business day may be below that of the seven days before, as a share of it. Default 0.25.</summary>
    [Range(0.0, 1.0)]
    public double RecoveryRate { get; set; } = 0.25;

    /// <summary>Standard deviations between the last full business hour and the hours of the week before, at most. Default 4.</summary>
    [Range(0.1, 1_000.0)]
    public double Anomalies { get; set; } = 4;

    /// <summary>Events, or minor units of one currency, by which two places may differ. Default 0.</summary>
    [Range(0, long.MaxValue)]
    public long Reconciliation { get; set; }

    /// <summary>Shares are not judged on fewer payments, records or workflows than this. Default 20.</summary>
    [Range(1, long.MaxValue)]
    public long SampleMin { get; set; } = 20;
}

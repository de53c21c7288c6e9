using Recoup.Client.Simulate.Injection;

namespace Recoup.Client.Demo;

/// <summary>What a demo is to do.</summary>
internal sealed record DemoPlan
{
    /// <summary>Ten business hours a second: the two weeks of a recovery take 34 seconds.</summary>
    public const double DefaultScale = 36_000;

    /// <summary>No recovery goes on for longer (the rule packs' window), and a day for the last attempt to be made.</summary>
    private static readonly TimeSpan RecoveryWindow = TimeSpan.FromDays(15);

    /// <summary>Business time over which the payments come in.</summary>
    private static readonly TimeSpan PlacingTime = TimeSpan.FromDays(2);

    public required int Payments { get; init; }

    /// <summary>Bad records beside the orders, a share of them.</summary>
    public double BadRecords { get; init; } = BadRecordPlan.DefaultShare;
    public required double Scale { get; init; }
    public int? Seed { get; init; }

    /// <summary>Null: a temporary one, which is removed at the end.</summary>
    public string? DataFolder { get; init; }

    /// <summary>Leave the silo running afterwards.</summary>
    public required bool Serves { get; init; }

    /// <summary>Business time begins so far behind the wall clock that it is level with it only after this much wall time.</summary>
    private static readonly TimeSpan FastTime = TimeSpan.FromMinutes(5);

    public TimeSpan StartsBefore => TimeSpan.FromDays(Math.Clamp((FastTime * Scale).TotalDays, 60, 36_500));

    /// <summary>Orders a wall second: they come in over the placing time, but not so fast that the machine is what is waited for.</summary>
    public double Rate => Math.Min(Payments / (PlacingTime / Scale).TotalSeconds, 200);

    /// <summary>
    /// The pipeline's calendar: a slot about every ten wall seconds, on round business times. A run takes seconds of a laptop's time, which the payments
    /// need too.
    /// </summary>
    public string PipelineCron => (TimeSpan.FromSeconds(10) * Scale) switch
    {
        { TotalHours: < 1 } minutes => $"0 0/{Math.Clamp((int)minutes.TotalMinutes, 1, 30)} * * * ?",
        { TotalDays: < 1 } hours => $"0 0 0/{Math.Clamp((int)hours.TotalHours, 1, 12)} * * ?",
        var days => $"0 0 0 1/{Math.Clamp((int)days.TotalDays, 1, 14)} * ?",
    };

    /// <summary>Business time at which a demo that placed its last order at this time is over.</summary>
    public static DateTimeOffset EndAfter(DateTimeOffset lastOrderAt) => lastOrderAt + RecoveryWindow;
}

namespace Recoup.Pipeline.Monitors;

/// <summary>
/// Looks at one thing. A monitor asks for its facts in <see cref="ReadAsync"/> and judges them in a pure function beside it; what it cannot read becomes
/// an <see cref="Severity.Unknown"/> reading, which raises nothing and ends nothing.
/// </summary>
public interface IMonitor
{
    /// <summary>As in settings, metrics and the table: <c>kafka_lag</c>.</summary>
    string Name { get; }

    Task<IReadOnlyList<Reading>> ReadAsync(MonitorMoment moment, CancellationToken cancellation);
}

/// <summary>When a run's monitors look: all of them at the same moment.</summary>
/// <param name="Business">For what happened to payments.</param>
/// <param name="Wall">For what happened to records: ingestion, quarantine, lag.</param>
public sealed record MonitorMoment(DateTimeOffset Business, DateTimeOffset Wall);

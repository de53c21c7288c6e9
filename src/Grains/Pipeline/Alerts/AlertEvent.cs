using System.Text.Json;

namespace Recoup.Pipeline.Alerts;

/// <summary>An alert's change as others read it: the value of the topic <c>alerts</c>, and the body of the webhook.</summary>
public sealed record AlertEvent
{
    public required string EventId { get; init; }

    /// <summary><c>alert.raised</c>, <c>alert.updated</c> or <c>alert.resolved</c>.</summary>
    public required string EventType { get; init; }
    public required int SchemaVersion { get; init; }

    /// <summary>Business time.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
    public required string AlertId { get; init; }
    public required string Monitor { get; init; }
    public required string Subject { get; init; }
    public required Severity Severity { get; init; }

    /// <summary>What was seen; null where it could not be put in a number.</summary>
    public required decimal? Observed { get; init; }
    public required decimal? Threshold { get; init; }
    public required string Unit { get; init; }
    public required string Summary { get; init; }
    public required string? Query { get; init; }
    public required DateTimeOffset RaisedAt { get; init; }
    public required DateTimeOffset? ResolvedAt { get; init; }

    public static AlertEvent Of(AlertNotice notice)
    {
        var (alert, reading) = (notice.Alert, notice.Alert.Reading);
        return new AlertEvent
        {
            EventId = notice.EventId,
            EventType = TypeOf(notice.Change),
            SchemaVersion = 1,
            CreatedAt = notice.At,
            AlertId = alert.AlertId,
            Monitor = reading.Monitor,
            Subject = reading.Subject,
            Severity = reading.Severity,
            Observed = reading.Value,
            Threshold = reading.Threshold,
            Unit = reading.Unit,
            Summary = reading.Summary,
            Query = reading.Query,
            RaisedAt = alert.RaisedAt,
            ResolvedAt = alert.ResolvedAt,
        };
    }

    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, RecoupJson.Options);

    private static string TypeOf(AlertChange change) => change switch
    {
        AlertChange.Raised => "alert.raised",
        AlertChange.Updated => "alert.updated",
        _ => "alert.resolved",
    };
}

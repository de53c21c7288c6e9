using Microsoft.Extensions.Logging;

namespace Recoup.Pipeline.Alerts;

/// <summary>The silo's own log.</summary>
internal sealed partial class LogChannel(ILogger<LogChannel> logger) : IAlertChannel
{
    public string Name => "log";

    public Task SendAsync(AlertNotice notice, CancellationToken cancellation)
    {
        var (alert, reading) = (notice.Alert, notice.Alert.Reading);
        var level = (notice.Change, reading.Severity) switch
        {
            (AlertChange.Resolved, _) => LogLevel.Information,
            (_, Severity.Critical) => LogLevel.Error,
            _ => LogLevel.Warning,
        };
        Log(level, alert.AlertId, notice.Change, reading.Severity, reading.Summary, reading.Threshold);
        return Task.CompletedTask;
    }

    [LoggerMessage(EventId = 7201, Message = "Alert {AlertId} {Change} ({Severity}): {Summary}; threshold {Threshold}")]
    private partial void Log(LogLevel level, string alertId, AlertChange change, Severity severity, string summary, decimal? threshold);
}

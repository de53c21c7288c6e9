namespace Recoup.Pipeline.Alerts;

/// <summary>A way to tell people of alerts.</summary>
public interface IAlertChannel
{
    /// <summary>One word, stable: it is stored with what waits for it.</summary>
    string Name { get; }

    /// <summary>Completes when the other side has taken it; throws when it may have not, and is then called again with the same.</summary>
    /// <exception cref="AlertRefusedException">The other side will never take it: it is not called again with this one.</exception>
    Task SendAsync(AlertNotice notice, CancellationToken cancellation);
}

/// <summary>A channel has refused an alert for good.</summary>
public sealed class AlertRefusedException(string message) : Exception(message);

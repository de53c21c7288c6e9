using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Recoup.Client.Demo;

/// <summary>
/// Keeps the silo's own warnings and everybody's errors while a screen is drawn, each message once with its count, and writes them when asked.
/// </summary>
internal sealed class HeldLog : ILoggerProvider
{
    private const int MessagesMax = 1_000;

    private readonly ConcurrentDictionary<string, int> messages = new(StringComparer.Ordinal);

    public ILogger CreateLogger(string categoryName) => new Holder(this, categoryName);

    public void WriteTo(TextWriter writer)
    {
        if (!messages.IsEmpty)
        {
            writer.WriteLine("The silo logged meanwhile:");
        }

        foreach (var (message, count) in messages.OrderBy(message => message.Key, StringComparer.Ordinal))
        {
            writer.WriteLine(count == 1 ? $"  {message}" : $"  {message} ({count} times)");
        }

        Clear();
    }

    public void Clear() => messages.Clear();

    public void Dispose()
    {
        // What is held is the caller's to write.
    }

    private void Hold(string message)
    {
        if (messages.Count < MessagesMax || messages.ContainsKey(message))
        {
            messages.AddOrUpdate(message, 1, (_, count) => count + 1);
        }
    }

    private sealed class Holder(HeldLog log, string category) : ILogger
    {
        // A fast clock on a busy laptop makes Orleans warn about itself; that is not the demo's news.
        private readonly LogLevel least = category.StartsWith("Recoup", StringComparison.Ordinal) ? LogLevel.Warning : LogLevel.Error;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= least;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                var cause = exception is null ? "" : $" ({exception.GetType().Name}: {exception.Message.ReplaceLineEndings(" ")})";
                log.Hold($"{logLevel}: {category}: {formatter(state, exception).ReplaceLineEndings(" ")}{cause}");
            }
        }
    }
}

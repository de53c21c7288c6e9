using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Recoup.Client.Demo;

/// <summary>Keeps the silo's warnings and errors while a screen is drawn, each message once with its count, and writes them when asked.</summary>
internal sealed class HeldLog : ILoggerProvider
{
    private const int MessagesMax = 1_000;

    private readonly ConcurrentDictionary<string, int> messages = new(StringComparer.Ordinal);

    public ILogger CreateLogger(string categoryName) => new Holder(this, categoryName);

    public void WriteTo(TextWriter writer)
    {
        foreach (var (message, count) in messages.OrderBy(message => message.Key, StringComparer.Ordinal))
        {
            writer.WriteLine(count == 1 ? message : $"{message} ({count} times)");
        }

        messages.Clear();
    }

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
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

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

using Microsoft.Extensions.Logging.Abstractions;

namespace Recoup.Embedded.Temporal.Hosting;

/// <summary>Lets only warnings of the web host through: its line for every call would drown the caller's own log.</summary>
internal sealed class QuietLoggerFactory(ILoggerFactory loggers) : ILoggerFactory
{
    /// <summary>The host tells of a failed start by an exception as well, and that is enough.</summary>
    public ILogger CreateLogger(string categoryName) => categoryName.StartsWith("Microsoft.Extensions.Hosting", StringComparison.Ordinal)
        ? NullLogger.Instance
        : new QuietLogger(loggers.CreateLogger(categoryName));

    public void AddProvider(ILoggerProvider provider) => loggers.AddProvider(provider);

    public void Dispose()
    {
        // The loggers belong to the caller.
    }

    private sealed class QuietLogger(ILogger inner) : ILogger
    {
        public IDisposable BeginScope<TState>(TState state)
            where TState : notnull => inner.BeginScope(state) ?? NullLogger.Instance.BeginScope(state)!;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning && inner.IsEnabled(logLevel);

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                inner.Log(logLevel, eventId, state, exception, formatter);
            }
        }
    }
}

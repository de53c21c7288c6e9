namespace Recoup.Embedded.Kafka.Hosting;

/// <summary>One line an event on standard error. The framework's console logger takes a third of the program's whole start.</summary>
internal sealed class PlainLoggers(LogLevel least) : ILoggerFactory
{
    public ILogger CreateLogger(string categoryName) => new PlainLogger(categoryName, least);

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException("The program logs to standard error only.");

    public void Dispose()
    {
        // Nothing is held.
    }

    private sealed class PlainLogger(string category, LogLevel least) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= least && logLevel != LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                Console.Error.WriteLine($"{logLevel} {category}[{eventId.Id}] {formatter(state, exception)}{(exception is null ? "" : Environment.NewLine + exception)}");
            }
        }
    }
}

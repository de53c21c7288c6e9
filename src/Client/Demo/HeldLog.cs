using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Recoup.Client.Demo;

/// <summary>
/// Keeps the silo's own warnings and everybody's errors while a screen is drawn, and writes them when asked: the first of each kind, with how many there were.
/// </summary>
internal sealed class HeldLog : ILoggerProvider
{
    private readonly ConcurrentDictionary<string, Held> kinds = new(StringComparer.Ordinal);

    public ILogger CreateLogger(string categoryName) => new Holder(this, categoryName);

    public void WriteTo(TextWriter writer)
    {
        if (!kinds.IsEmpty)
        {
            writer.WriteLine("The silo logged meanwhile:");
        }

        foreach (var (_, held) in kinds.OrderBy(kind => kind.Key, StringComparer.Ordinal))
        {
            writer.WriteLine(held.Count == 1 ? $"  {held.First}" : $"  {held.First} (and {held.Count - 1} more of the kind)");
        }

        Clear();
    }

    public void Clear() => kinds.Clear();

    public void Dispose()
    {
        // What is held is the caller's to write.
    }

    private void Hold(string kind, string message) => kinds.AddOrUpdate(kind, new Held(message, 1), (_, held) => held with { Count = held.Count + 1 });

    private sealed record Held(string First, int Count);

    private sealed class Holder(HeldLog log, string category) : ILogger
    {
        // A fast clock on a busy laptop makes Orleans warn about itself; that is not the demo's news.
        private readonly LogLevel least = category.StartsWith("Recoup", StringComparison.Ordinal) ? LogLevel.Warning : LogLevel.Error;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= least && logLevel != LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                var cause = exception is null ? "" : $" ({exception.GetType().Name}: {exception.Message.ReplaceLineEndings(" ")})";
                log.Hold($"{category}:{eventId.Id}:{Template(state)}", $"{logLevel}: {category}: {formatter(state, exception).ReplaceLineEndings(" ")}{cause}");
            }
        }

        /// <summary>The message without its values, under which a logger's state keeps it.</summary>
        private static string Template<TState>(TState state) =>
            (state as IReadOnlyList<KeyValuePair<string, object?>>)?.FirstOrDefault(value => value.Key == "{OriginalFormat}").Value as string ?? "";
    }
}

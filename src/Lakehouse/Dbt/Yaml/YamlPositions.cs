using System.Runtime.CompilerServices;
using Recoup.Lakehouse.Dbt.Jinja.Values;

namespace Recoup.Lakehouse.Dbt.Yaml;

/// <summary>Where the lists and dicts of a document are, and what is in them.</summary>
internal sealed class YamlPositions
{
    private readonly ConditionalWeakTable<object, Lines> _lines = [];

    public void Add(object container, int line) => _lines.AddOrUpdate(container, new(line));

    public void Add(object container, object? key, int line)
    {
        if (_lines.TryGetValue(container, out var lines))
        {
            lines.Items[key] = (long)line;
        }
    }

    public int? Of(object? container) => container is not null && _lines.TryGetValue(container, out var lines) ? lines.Start : null;

    /// <param name="key">A key, or the index of an item.</param>
    public int? Of(object container, object? key) =>
        _lines.TryGetValue(container, out var lines) && lines.Items.TryGetValue(key, out var line) ? (int)(long)line! : null;

    private sealed class Lines(int start)
    {
        public int Start { get; } = start;

        public PyDict Items { get; } = [];
    }
}

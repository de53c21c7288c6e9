using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Recoup.Lakehouse.Dbt.Jinja.Values;

/// <summary>Python's dict: any hashable key (None too), in the order in which they were first set.</summary>
internal sealed class PyDict : IEnumerable<KeyValuePair<object?, object?>>
{
    private readonly OrderedDictionary<Key, object?> _entries = [];

    public PyDict()
    {
    }

    public PyDict(IEnumerable<KeyValuePair<object?, object?>> entries)
    {
        foreach (var (key, value) in entries)
        {
            this[key] = value;
        }
    }

    public int Count => _entries.Count;

    public IEnumerable<object?> Keys => _entries.Keys.Select(key => key.Value);

    public IEnumerable<object?> Values => _entries.Values;

    /// <exception cref="KeyNotFoundException">There is no such key (reading).</exception>
    public object? this[object? key]
    {
        get => _entries[new Key(key)];
        set => _entries[new Key(key)] = value;
    }

    public bool TryGetValue(object? key, out object? value) => _entries.TryGetValue(new Key(key), out value);

    public bool ContainsKey(object? key) => _entries.ContainsKey(new Key(key));

    public bool Remove(object? key, out object? value) => _entries.Remove(new Key(key), out value);

    /// <summary>For collection expressions and initialisers; a key that is there already is replaced.</summary>
    public void Add(object? key, object? value) => this[key] = value;

    public void Clear() => _entries.Clear();

    public IEnumerator<KeyValuePair<object?, object?>> GetEnumerator() =>
        _entries.Select(entry => KeyValuePair.Create(entry.Key.Value, entry.Value)).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>A key that is equal to another as Python says: 1, 1.0 and True are one.</summary>
    private readonly struct Key(object? value) : IEquatable<Key>
    {
        public object? Value { get; } = value;

        public bool Equals(Key other) => PyValue.AreEqual(Value, other.Value);

        public override bool Equals([NotNullWhen(true)] object? obj) => obj is Key other && Equals(other);

        public override int GetHashCode() => PyHash.Of(Value);
    }
}

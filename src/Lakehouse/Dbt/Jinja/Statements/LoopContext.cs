using Recoup.Lakehouse.Dbt.Jinja.Values;

namespace Recoup.Lakehouse.Dbt.Jinja.Statements;

/// <summary>Jinja's <c>loop</c>: it looks one item ahead, and counts all of them only where it is asked to.</summary>
internal sealed class LoopContext(object? items, int depth, Func<object?, object?>? recurse) : IJinjaObject, IJinjaCallable, IPyTyped
{
    private readonly Queue<object?> _ahead = new();
    private readonly IEnumerator<object?> _items = PyValue.Iterate(items).GetEnumerator();
    private object? _previous = new JinjaUndefined("there is no previous item");
    private object? _lastChanged;
    private bool _hasChanged;
    private int _index = -1;

    public string TypeName => "jinja2.runtime.LoopContext";

    public object? Current { get; private set; }

    public bool MoveNext()
    {
        var hasNext = Fill(1);
        if (hasNext)
        {
            _previous = _index >= 0 ? Current : _previous;
            Current = _ahead.Dequeue();
            _index++;
        }

        return hasNext;
    }

    public bool TryGetAttribute(string name, out object? value)
    {
        value = name switch
        {
            "index" => _index + 1L,
            "index0" => (long)_index,
            "first" => _index == 0,
            "last" => !Fill(1),
            "length" => (long)Length(),
            "revindex" => (long)Length() - _index,
            "revindex0" => (long)Length() - _index - 1,
            "depth" => (long)depth,
            "depth0" => depth - 1L,
            "previtem" => _previous,
            "nextitem" => Fill(1) ? _ahead.Peek() : new JinjaUndefined("there is no next item"),
            "cycle" => new Calls.FreeFunction(Cycle),
            "changed" => new Calls.FreeFunction(Changed),
            _ => null,
        };
        return value is not null || name is "previtem" or "nextitem";
    }

    /// <summary><c>loop(items)</c>, in a recursive loop.</summary>
    public object? Call(JinjaArguments arguments) => recurse is null
        ? throw JinjaException.Runtime("The loop must have the 'recursive' marker to be called recursively.")
        : recurse(arguments.Require(0, "iterable", "loop"));

    public override string ToString() => $"<LoopContext {_index + 1}/{Length()}>";

    private int Length()
    {
        if (PyValue.Length(items) is { } length)
        {
            return length;
        }

        Fill(int.MaxValue);
        return _index + 1 + _ahead.Count;
    }

    private bool Fill(int count)
    {
        while (_ahead.Count < count && _items.MoveNext())
        {
            _ahead.Enqueue(_items.Current);
        }

        return _ahead.Count >= Math.Min(count, 1);
    }

    private object? Cycle(JinjaArguments arguments) => arguments.Positional.Count == 0
        ? throw JinjaException.Runtime("no items for cycling given")
        : arguments.Positional[_index % arguments.Positional.Count];

    private object? Changed(JinjaArguments arguments)
    {
        var value = new PyTuple([.. arguments.Positional]);
        var hasChanged = !_hasChanged || !PyValue.AreEqual(_lastChanged, value);
        (_hasChanged, _lastChanged) = (true, value);
        return hasChanged;
    }
}

using Recoup.Lakehouse.Dbt.Jinja.Calls;
using Recoup.Lakehouse.Dbt.Jinja.Values;

namespace Recoup.Lakehouse.Dbt.Jinja;

/// <summary>One scope of a running template: its own names, and the scope around it.</summary>
/// <param name="run">The template or macro that runs.</param>
/// <param name="output">Where text goes.</param>
/// <param name="parent">The scope around this one; null at the top.</param>
internal sealed class Frame(RenderRun run, Output output, Frame? parent)
{
    // A scope has a handful of names, which a short list finds faster than a hash table.
    private string[] _names = [];
    private object?[] _values = [];
    private int _count;

    public RenderRun Run { get; } = run;

    public Output Output { get; } = output;

    /// <summary>A scope within this one.</summary>
    public Frame Inner() => new(Run, Output, this);

    /// <summary>A scope within this one whose text is caught.</summary>
    public Frame Capture() => new(Run, Output.Fresh(), this);

    /// <summary>The top scope of the template.</summary>
    public Frame Root() => Parent is null ? this : Parent.Root();

    public object? Get(string name)
    {
        for (var frame = this; frame is not null; frame = frame.Parent)
        {
            if (frame.TryLocal(name, out var value))
            {
                return value;
            }
        }

        return Run.Globals.TryGetValue(name, out var global) ? global : JinjaGlobals.Find(name) ?? JinjaUndefined.Name(name);
    }

    public void Set(string name, object? value)
    {
        var index = Array.IndexOf(_names, name, 0, _count);
        if (index < 0)
        {
            if (_count == _names.Length)
            {
                Array.Resize(ref _names, Math.Max(4, _count * 2));
                Array.Resize(ref _values, _names.Length);
            }

            index = _count++;
            _names[index] = name;
        }

        _values[index] = value;
    }

    private Frame? Parent { get; } = parent;

    private bool TryLocal(string name, out object? value)
    {
        for (var index = 0; index < _count; index++)
        {
            if (string.Equals(_names[index], name, StringComparison.Ordinal))
            {
                value = _values[index];
                return true;
            }
        }

        value = null;
        return false;
    }
}

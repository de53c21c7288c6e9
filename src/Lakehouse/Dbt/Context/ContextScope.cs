using System.Collections;
using System.Diagnostics.CodeAnalysis;
using Recoup.Lakehouse.Dbt.Jinja;
using Recoup.Lakehouse.Dbt.Jinja.Values;
using Recoup.Lakehouse.Dbt.Macros;

namespace Recoup.Lakehouse.Dbt.Context;

/// <summary>
/// The names that one node's template and every macro it calls see. Overrides of a unit test come first, then macros (a project may define a macro
/// <c>ref</c>), then the context. Values are computed when they are first asked for.
/// </summary>
internal sealed class ContextScope : IReadOnlyDictionary<string, object?>
{
    private readonly Dictionary<string, object?> overrides = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Func<object?>> members = new(StringComparer.Ordinal);
    private readonly Dictionary<string, object?> values = new(StringComparer.Ordinal);
    private readonly Dictionary<DbtMacro, IJinjaCallable> bound = [];
    private readonly IReadOnlyDictionary<string, object?> standard;
    private readonly MacroRegistry macros;

    public ContextScope(IReadOnlyDictionary<string, object?> standard, MacroRegistry macros)
    {
        this.standard = standard;
        this.macros = macros;
        Jinja = new JinjaScope(this);
    }

    public JinjaScope Jinja { get; }

    /// <summary>While a node is parsed, what is undefined can be called and asked for members.</summary>
    public bool IsLenient { get; init; }

    public IEnumerable<string> Keys => overrides.Keys.Concat(members.Keys).Concat(standard.Keys).Distinct();

    public IEnumerable<object?> Values => Keys.Select(key => this[key]);

    public int Count => Keys.Count();

    public object? this[string key] => TryGetValue(key, out var value) ? value : throw new KeyNotFoundException(key);

    public void Add(string name, Func<object?> member) => members[name] = member;

    public void Add(string name, Func<JinjaArguments, object?> function) => members[name] = () => new ContextFunction(function);

    public void Override(string name, object? value) => overrides[name] = value;

    public IJinjaCallable Bind(DbtMacro macro) =>
        bound.TryGetValue(macro, out var callable) ? callable : bound[macro] = macro.Definition.Bind(Jinja);

    /// <summary>A member of the context itself, past macros of the same name.</summary>
    public bool TryGetMember(string name, out object? value)
    {
        if (values.TryGetValue(name, out value))
        {
            return true;
        }

        if (!members.TryGetValue(name, out var member))
        {
            return standard.TryGetValue(name, out value);
        }

        values[name] = value = member();
        return true;
    }

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out object? value)
    {
        if (overrides.TryGetValue(key, out value))
        {
            return true;
        }

        if (macros.TryFind(key, out var macro))
        {
            value = Bind(macro);
            return true;
        }

        if (TryGetMember(key, out value))
        {
            return true;
        }

        value = IsLenient && JinjaGlobals.Find(key) is null ? JinjaUndefined.Name(key, isLenient: true) : null;
        return value is not null;
    }

    public bool ContainsKey(string key) => TryGetValue(key, out _);

    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() => Keys.Select(key => KeyValuePair.Create(key, this[key])).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

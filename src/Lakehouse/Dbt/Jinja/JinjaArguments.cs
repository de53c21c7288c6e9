namespace Recoup.Lakehouse.Dbt.Jinja;

/// <summary>The arguments of one call, as they were written.</summary>
internal sealed class JinjaArguments(IReadOnlyList<object?> positional, IReadOnlyDictionary<string, object?> keywords)
{
    private static readonly Dictionary<string, object?> NoKeywords = [];

    public JinjaArguments(params object?[] positional)
        : this(positional, NoKeywords)
    {
    }

    public static JinjaArguments None { get; } = new();

    public IReadOnlyList<object?> Positional { get; } = positional;

    /// <summary>In the order in which they were written.</summary>
    public IReadOnlyDictionary<string, object?> Keywords { get; } = keywords;

    /// <summary>The argument at a position or by its name.</summary>
    public bool TryGet(int position, string name, out object? value)
    {
        if (position < Positional.Count)
        {
            value = Positional[position];
            return true;
        }

        return Keywords.TryGetValue(name, out value);
    }

    /// <summary>The argument at a position or by its name, or what stands for it where it was not given.</summary>
    public object? Get(int position, string name, object? otherwise) => TryGet(position, name, out var value) ? value : otherwise;

    /// <exception cref="JinjaException">The argument was not given.</exception>
    public object? Require(int position, string name, string function) =>
        TryGet(position, name, out var value)
            ? value
            : throw JinjaException.Runtime($"{function}() missing 1 required positional argument: '{name}'");
}

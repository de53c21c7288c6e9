using Recoup.Lakehouse.Dbt.Jinja.Values;

namespace Recoup.Lakehouse.Dbt.Jinja.Modules;

/// <summary>A Python class: calling it makes a value, and its members make values in other ways.</summary>
/// <param name="members">What the class has; asking for anything else is refused.</param>
internal sealed class PythonType(string name, Func<JinjaArguments, object?> construct, IReadOnlyDictionary<string, object?> members)
    : IJinjaCallable, IJinjaObject, IPyTyped
{
    public string TypeName => "type";

    public object? Call(JinjaArguments arguments) => construct(arguments);

    public bool TryGetAttribute(string attribute, out object? value) => members.TryGetValue(attribute, out value)
        ? true
        : throw JinjaException.Unsupported($"{name}.{attribute}");

    public override string ToString() => throw JinjaException.Unsupported($"printing the class {name}");
}

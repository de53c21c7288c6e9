using System.Text.RegularExpressions;
using Recoup.Lakehouse.Dbt.Jinja.Calls;
using Recoup.Lakehouse.Dbt.Jinja.Values;

namespace Recoup.Lakehouse.Dbt.Jinja.Modules;

/// <summary>What <c>re.compile</c> answers.</summary>
internal sealed class CompiledPattern(Regex regex) : IJinjaObject, IPyTyped
{
    private readonly Dictionary<string, Function> _functions = RegexModule.Functions(regex).ToDictionary(function => function.Name);

    public string TypeName => "re.Pattern";

    public bool TryGetAttribute(string name, out object? value)
    {
        value = _functions.GetValueOrDefault(name) ?? throw JinjaException.Unsupported($"'{name}' of a compiled pattern");
        return true;
    }

    public override string ToString() => throw JinjaException.Unsupported("printing a compiled pattern");
}

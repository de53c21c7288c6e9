using Recoup.Lakehouse.Dbt.Jinja.Statements;

namespace Recoup.Lakehouse.Dbt.Jinja.Syntax;

/// <summary>Where a template reads <c>varargs</c>, <c>kwargs</c> or <c>caller</c>: the macro around accepts them then.</summary>
internal sealed class MacroMentions
{
    private readonly List<string> _names = [];

    public int Mark => _names.Count;

    public string Note(string name)
    {
        if (name is "varargs" or "kwargs" or "caller")
        {
            _names.Add(name);
        }

        return name;
    }

    public MacroNeeds Since(int mark)
    {
        var names = _names.Skip(mark).ToHashSet();
        return new(names.Contains("varargs"), names.Contains("kwargs"), names.Contains("caller"));
    }
}

using Recoup.Lakehouse.Dbt.Jinja.Calls;

namespace Recoup.Lakehouse.Dbt.Jinja.Modules;

/// <summary>Members that Python's modules have and this evaluator does not.</summary>
internal static class RefusedMembers
{
    public static void Add(Dictionary<string, object?> members, string module, params string[] names)
    {
        foreach (var name in names)
        {
            members[name] = new FreeFunction(_ => throw JinjaException.Unsupported($"modules.{module}.{name}"));
        }
    }
}

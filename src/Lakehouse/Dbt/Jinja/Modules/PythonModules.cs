using Recoup.Lakehouse.Dbt.Jinja.Values;

namespace Recoup.Lakehouse.Dbt.Jinja.Modules;

/// <summary>dbt's <c>modules</c>: what of Python's <c>datetime</c>, <c>re</c>, <c>itertools</c> and <c>pytz</c> templates may call.</summary>
internal static class PythonModules
{
    public static JinjaMapping Create(TimeProvider clock) => new(new Dictionary<string, object?>
    {
        ["datetime"] = new JinjaMapping(new DateTimeModule(clock).Members()),
        ["re"] = new JinjaMapping(RegexModule.Members()),
        ["itertools"] = new JinjaMapping(IterationModule.Members()),
        ["pytz"] = new JinjaMapping(ZoneModule.Members()),
    });
}

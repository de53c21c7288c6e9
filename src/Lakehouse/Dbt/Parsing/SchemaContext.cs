using Recoup.Lakehouse.Dbt.Context;
using Recoup.Lakehouse.Dbt.Jinja.Context;
using Recoup.Lakehouse.Dbt.Running;

namespace Recoup.Lakehouse.Dbt.Parsing;

/// <summary>What templates in schema files see: the base context, vars of the project, the target.</summary>
internal static class SchemaContext
{
    public static IReadOnlyDictionary<string, object?> Create(DbtSession session)
    {
        var globals = DbtBaseContext.Create(session.Base);
        globals["var"] = new NodeVar(session.Variables, session.Project.Name, isRequired: true);
        globals["target"] = NodeContext.Target(session);
        globals["project_name"] = session.Project.Name;
        return globals;
    }
}

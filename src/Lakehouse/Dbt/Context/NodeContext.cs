using Recoup.Lakehouse.Dbt.Graph;
using Recoup.Lakehouse.Dbt.Jinja;
using Recoup.Lakehouse.Dbt.Jinja.Context;
using Recoup.Lakehouse.Dbt.Jinja.Values;
using Recoup.Lakehouse.Dbt.Macros;
using Recoup.Lakehouse.Dbt.Running;

namespace Recoup.Lakehouse.Dbt.Context;

/// <summary>The names that a node sees whether it is parsed or compiled.</summary>
internal static class NodeContext
{
    // dbt has these; without them a template would go on with nothing in their place.
    private static readonly string[] Unsupported =
        ["invocation_args_dict", "dbt_metadata_envs", "submit_python_job", "write", "render", "try_or_compiler_error", "validation", "sql_now"];

    public static ContextScope Create(DbtSession session, DbtNode node, bool isLenient)
    {
        var scope = new ContextScope(DbtBaseContext.Create(session.Base), session.Macros) { IsLenient = isLenient };
        scope.Add("model", () => Artifacts.NodeDictionary.Of(node));
        scope.Add("target", () => Target(session));
        scope.Add("env", () => Target(session));
        scope.Add("schema", () => node.Schema);
        scope.Add("database", () => node.Database);
        scope.Add("project_name", () => session.Project.Name);
        scope.Add("exceptions", () => new ExceptionsObject(session));
        foreach (var name in Unsupported)
        {
            scope.Add(name, () => throw JinjaException.Unsupported($"the name '{name}'"));
        }

        scope.Add("api", () => ApiObject.Create(session.Profile.Type));
        scope.Add("builtins", () => new ContextObject(name => name is "ref" or "source" or "config" && scope.TryGetMember(name, out var member) ? member : null));
        scope.Add("pre_hooks", () => new PyList(node.Config.GetItems("pre-hook")));
        scope.Add("post_hooks", () => new PyList(node.Config.GetItems("post-hook")));
        scope.Add("context", () => new ContextObject(name => scope.TryGetValue(name, out var value) ? value : null));
        scope.Add("should_full_refresh", _ => ShouldFullRefresh(session, node));
        scope.Add(session.Project.Name, () => Package(session, scope, session.Project.Name));
        scope.Add(DbtMacro.BuiltInPackage, () => Package(session, scope, DbtMacro.BuiltInPackage));
        return scope;
    }

    public static bool ShouldFullRefresh(DbtSession session, DbtNode node) =>
        node.Config.Get("full_refresh") is { } configured ? PyValue.IsTrue(configured) : session.Command.FullRefresh;

    /// <summary><c>project.macro</c>. The package of dbt itself has its functions too, past macros of the project that hide them.</summary>
    private static ContextObject Package(DbtSession session, ContextScope scope, string package) => new(name =>
        session.Macros.TryFind(package, name, out var macro) ? scope.Bind(macro)
        : package == DbtMacro.BuiltInPackage && scope.TryGetMember(name, out var member) && member is IJinjaCallable ? member : null);

    public static PyDict Target(DbtSession session)
    {
        var profile = session.Profile;
        var target = new PyDict(profile.Values.Where(entry => entry.KeyText() is not ("password" or "pass" or "token" or "user" or "private_key")));
        target["name"] = target["target_name"] = profile.TargetName;
        (target["profile_name"], target["schema"], target["database"], target["type"], target["threads"]) =
            (profile.Name, profile.Schema, profile.Database, profile.Type, profile.Threads);
        return target;
    }
}

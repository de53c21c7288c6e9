using Recoup.Lakehouse.Dbt.Context;
using Recoup.Lakehouse.Dbt.Graph;
using Recoup.Lakehouse.Dbt.Jinja;
using Recoup.Lakehouse.Dbt.Parsing;
using Recoup.Lakehouse.Dbt.Projects;
using Recoup.Lakehouse.Dbt.Warehouses;

namespace Recoup.Lakehouse.Dbt.Running;

/// <summary>The command <c>run-operation</c>: calls one macro.</summary>
internal sealed class OperationRun(DbtSession session)
{
    public NodeOutcome Run()
    {
        var written = session.Command.Macro ?? throw DbtProjectException.Runtime("run-operation needs the name of a macro.");
        var name = written.Split('.')[^1];
        if (!session.Macros.TryFind(name, out var macro))
        {
            throw DbtProjectException.Compilation($"dbt could not find a macro with the name '{written}' in any package. Check for typos: macros are in the project's folder macros.");
        }

        var node = Node(name);
        try
        {
            var arguments = session.Command.MacroArguments.ToDictionary(argument => argument.Key, argument => PlainValue.Of(argument.Value), StringComparer.Ordinal);
            CompileContext.Create(session, node, []).Bind(macro).Call(new JinjaArguments([], arguments));
            return new NodeOutcome(node, NodeOutcome.Success, null, 0);
        }
        catch (JinjaException failed)
        {
            throw TemplateFailure.Of(failed, node);
        }
        catch (WarehouseException failed)
        {
            throw new DbtProjectException("Runtime Error", failed.Message, $"macro {name} ({macro.Path})", failed);
        }
    }

    private DbtNode Node(string name) => new()
    {
        UniqueId = $"macro.{session.Project.Name}.{name}",
        ResourceType = ResourceType.Operation,
        Name = name,
        PackageName = session.Project.Name,
        Path = name,
        OriginalFilePath = "macros",
        Fqn = [session.Project.Name, name],
        Database = session.Profile.Database,
        Schema = session.Profile.Schema,
    };
}

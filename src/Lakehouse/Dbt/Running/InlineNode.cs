using Recoup.Lakehouse.Dbt.Context;
using Recoup.Lakehouse.Dbt.Graph;
using Recoup.Lakehouse.Dbt.Jinja;
using Recoup.Lakehouse.Dbt.Parsing;
using Recoup.Lakehouse.Dbt.Projects;

namespace Recoup.Lakehouse.Dbt.Running;

/// <summary>Makes a node of the query of <c>--inline</c>.</summary>
internal sealed class InlineNode(DbtSession session)
{
    public DbtNode Parse(string sql)
    {
        var node = new DbtNode
        {
            UniqueId = $"{ResourceType.SqlOperation}.{session.Project.Name}.inline_query",
            ResourceType = ResourceType.SqlOperation,
            Name = "inline_query",
            PackageName = session.Project.Name,
            Path = "sql/inline_query",
            OriginalFilePath = "inline_query.sql",
            Fqn = [session.Project.Name, "sql", "inline_query"],
            RawCode = sql,
            Database = session.Profile.Database,
            Schema = session.Profile.Schema,
            Alias = "inline_query",
        };
        Link(node);
        return node;
    }

    private void Link(DbtNode node)
    {
        var capture = new NodeCapture();
        try
        {
            JinjaTemplate.Parse(node.RawCode, node.OriginalFilePath).Render(ParseContext.Create(session, node, capture).Jinja);
        }
        catch (JinjaException failed)
        {
            throw TemplateFailure.Of(failed, node);
        }

        node.DependsOn.AddRange(capture.Refs.Select(call => session.Manifest.FindReferable(call.Name, call.Package, call.Version)?.UniqueId
            ?? throw DbtProjectException.Compilation($"{References.Subject(node)} depends on a node named '{call.Name}' which was not found")));
        node.DependsOn.AddRange(capture.Sources.Select(call => session.Manifest.FindSource(call.Source, call.Table)?.UniqueId
            ?? throw DbtProjectException.Compilation($"{References.Subject(node)} depends on a source named '{call.Source}.{call.Table}' which was not found")));
    }
}

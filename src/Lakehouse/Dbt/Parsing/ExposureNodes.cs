using Recoup.Lakehouse.Dbt.Context;
using Recoup.Lakehouse.Dbt.Graph;
using Recoup.Lakehouse.Dbt.Jinja;
using Recoup.Lakehouse.Dbt.Running;

namespace Recoup.Lakehouse.Dbt.Parsing;

/// <summary>Nodes of exposures.</summary>
internal sealed class ExposureNodes(DbtSession session, ConfigResolver configs)
{
    public DbtNode Read(SchemaEntry entry)
    {
        string[] fqn = [session.Project.Name, .. entry.Path.Split('/')[..^1], entry.Name];
        var node = new DbtNode
        {
            UniqueId = $"exposure.{session.Project.Name}.{entry.Name}",
            ResourceType = ResourceType.Exposure,
            Name = entry.Name,
            PackageName = session.Project.Name,
            Path = entry.Path,
            OriginalFilePath = entry.File,
            Fqn = fqn,
            Config = configs.Resolve(ResourceType.Exposure, fqn, entry.Config, []),
            UnrenderedConfig = entry.UnrenderedConfig,
            Description = entry.Values.GetText("description") ?? "",
            Exposure = new ExposureProperties(
                entry.Values.GetText("type")!, entry.Values.GetDictionary("owner"), entry.Values.GetText("label"), entry.Values.GetText("maturity"), entry.Values.GetText("url")),
        };
        ReadReferences(node, entry.Values.GetStrings("depends_on"));
        return node;
    }

    private void ReadReferences(DbtNode node, IReadOnlyList<string> calls)
    {
        var capture = new NodeCapture();
        var scope = ParseContext.Create(session, node, capture);
        try
        {
            calls.ToList().ForEach(call => JinjaTemplate.Parse($"{{{{ {call} }}}}", node.OriginalFilePath).Render(scope.Jinja));
        }
        catch (JinjaException failed)
        {
            throw TemplateFailure.Of(failed, node);
        }

        node.Refs.AddRange(capture.Refs);
        node.Sources.AddRange(capture.Sources);
    }
}

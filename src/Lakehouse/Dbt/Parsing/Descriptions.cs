using Recoup.Lakehouse.Dbt.Context;
using Recoup.Lakehouse.Dbt.Graph;
using Recoup.Lakehouse.Dbt.Jinja;
using Recoup.Lakehouse.Dbt.Jinja.Values;
using Recoup.Lakehouse.Dbt.Projects;
using Recoup.Lakehouse.Dbt.Running;

namespace Recoup.Lakehouse.Dbt.Parsing;

/// <summary>Renders descriptions, which may name blocks of docs.</summary>
internal sealed class Descriptions(DbtSession session, DbtManifest manifest)
{
    public void Render(DbtNode node)
    {
        (node.Description, _) = Text(node, node.Description);
        foreach (var column in node.Columns.Values.OfType<PyDict>())
        {
            var (text, blocks) = Text(node, column.GetText("description") ?? "");
            (column["description"], column["doc_blocks"]) = (text, new PyList(blocks));
        }
    }

    private (string Text, IReadOnlyList<string> Blocks) Text(DbtNode node, string description)
    {
        if (!description.Contains("{{", StringComparison.Ordinal))
        {
            return (description, []);
        }

        var blocks = new List<string>();
        var scope = ParseContext.Create(session, node, new NodeCapture());
        scope.Add("doc", arguments => Find(node, PyValue.Text(arguments.Positional[^1]), blocks));
        try
        {
            return (JinjaTemplate.Parse(description, node.OriginalFilePath).Render(scope.Jinja), blocks);
        }
        catch (JinjaException failed)
        {
            throw TemplateFailure.Of(failed, node);
        }
    }

    private string Find(DbtNode node, string name, List<string> blocks)
    {
        var block = manifest.Docs.GetValueOrDefault(name) ?? throw DbtProjectException.Compilation(
            $"Documentation for '{node.UniqueId}' depends on doc '{name}'  which was not found (described in {node.PatchPath ?? node.OriginalFilePath})");
        blocks.Add($"doc.{block.PackageName}.{block.Name}");
        return block.Contents;
    }
}

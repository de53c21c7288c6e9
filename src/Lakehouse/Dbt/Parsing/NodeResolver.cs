using Recoup.Lakehouse.Dbt.Context;
using Recoup.Lakehouse.Dbt.Graph;
using Recoup.Lakehouse.Dbt.Jinja;
using Recoup.Lakehouse.Dbt.Jinja.Values;
using Recoup.Lakehouse.Dbt.Running;

namespace Recoup.Lakehouse.Dbt.Parsing;

/// <summary>Renders a draft once without running anything, and from what it heard fills in config, references and names.</summary>
internal sealed class NodeResolver(DbtSession session, ConfigResolver configs)
{
    public DbtNode Resolve(NodeDraft draft)
    {
        var node = draft.Node;
        node.Config = configs.Resolve(node.ResourceType, node.Fqn, draft.Patch, []);
        (node.Database, node.Schema, node.Alias) = (session.Profile.Database, session.Profile.Schema, node.Name);
        var capture = Capture(draft);
        node.Config = configs.Resolve(node.ResourceType, node.Fqn, draft.Patch, capture.Config);
        node.UnrenderedConfig = configs.ResolveUnrendered(node.ResourceType, node.Fqn, draft.UnrenderedPatch, capture.Config);
        node.Refs.AddRange(capture.Refs);
        node.Sources.AddRange(capture.Sources);
        ConfigValidation.Check(node);
        Name(node);
        return node;
    }

    private NodeCapture Capture(NodeDraft draft)
    {
        var capture = new NodeCapture();
        if (draft.Template is null)
        {
            return capture;
        }

        try
        {
            var scope = ParseContext.Create(session, draft.Node, capture);
            GenericTestArguments.AddTo(scope, draft.Node);
            JinjaTemplate.Parse(draft.Template, draft.Node.OriginalFilePath).Render(scope.Jinja);
        }
        catch (JinjaException failed) when (failed.Kind is JinjaErrorKind.Undefined && draft.Node.ResourceType == ResourceType.Test)
        {
            // A test that calls what is not there fails when it runs, as dbt's does.
        }
        catch (JinjaException failed) when (draft.Node.Test is null)
        {
            throw TemplateFailure.Of(failed, draft.Node);
        }
        catch (JinjaException failed) when (failed.Kind is JinjaErrorKind.Runtime)
        {
            // dbt does not render the four generic tests while it parses: wrong arguments show when they run.
        }

        return capture;
    }

    /// <summary>Where the node's relation is: the project's macros decide.</summary>
    private void Name(DbtNode node)
    {
        var scope = ParseContext.Create(session, node, new NodeCapture());
        try
        {
            node.Database = Call(scope, "generate_database_name", node.Config.Get("database"), node);
            node.Schema = Call(scope, "generate_schema_name", node.Config.Get("schema"), node);
            node.Alias = Call(scope, "generate_alias_name", node.Config.Get("alias"), node);
        }
        catch (JinjaException failed)
        {
            throw TemplateFailure.Of(failed, node);
        }
    }

    private static string Call(ContextScope scope, string macro, object? custom, DbtNode node) =>
        PyValue.Text(((IJinjaCallable)scope[macro]!).Call(new JinjaArguments(custom, Artifacts.NodeDictionary.Of(node)))).Trim();
}

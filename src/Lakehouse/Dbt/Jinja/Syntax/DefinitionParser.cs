using Recoup.Lakehouse.Dbt.Jinja.Expressions;
using Recoup.Lakehouse.Dbt.Jinja.Statements;

namespace Recoup.Lakehouse.Dbt.Jinja.Syntax;

/// <summary>The tags that define: <c>macro</c>, and dbt's own <c>test</c>, <c>materialization</c> and <c>docs</c>.</summary>
internal sealed class DefinitionParser(TemplateParser parser)
{
    private readonly TargetParser _targets = new(parser.Tokens, parser.Expressions);

    private TokenStream Tokens => parser.Tokens;

    public Func<Statement>? Find(string name) => name switch
    {
        "macro" => Macro,
        "test" or "data_test" => Test,
        "materialization" => Materialization,
        "docs" => Docs,
        _ => null,
    };

    private MacroDefinition Macro()
    {
        var line = Tokens.Next().Line;
        var name = _targets.Name().Identifier;
        return Define(name, ParseSignature(), line, "endmacro");
    }

    private MacroDefinition Test()
    {
        var line = Tokens.Next().Line;
        var name = _targets.Name().Identifier;
        return Define("test_" + name, ParseSignature(), line, "endtest", "enddata_test");
    }

    private MacroDefinition Materialization()
    {
        var line = Tokens.Next().Line;
        var name = _targets.Name().Identifier;
        var adapter = "default";
        List<string> parameters = [];
        List<Expression> defaults = [];
        while (Tokens.Skip(","))
        {
            var option = _targets.Name().Identifier;
            switch (option)
            {
                case "default":
                    break;
                case "adapter":
                    Tokens.Expect("=");
                    adapter = (parser.Expressions.Parse() as Literal)?.Value as string ?? throw Bad(name, option, line);
                    break;
                case "supported_languages":
                    Tokens.Expect("=");
                    parameters.Add(option);
                    defaults.Add(parser.Expressions.Parse());
                    break;
                default:
                    throw Bad(name, option, line);
            }
        }

        return Define($"materialization_{name}_{adapter}", new(parameters, defaults), line, "endmaterialization");
    }

    private MacroDefinition Docs()
    {
        var line = Tokens.Next().Line;
        var name = _targets.Name().Identifier;
        return new("dbt_docs__" + name, parser.MacroUntil("dbt_docs__" + name, Signature.Empty, line, "enddocs"), isMacro: false);
    }

    private Signature ParseSignature() => new SignatureParser(Tokens, parser.Expressions).Parse();

    private MacroDefinition Define(string name, Signature signature, int line, params string[] ends) =>
        new(name, parser.MacroUntil(MacroDefinition.Prefix + name, signature, line, ends), isMacro: true);

    private static JinjaException Bad(string name, string option, int line) =>
        new(JinjaErrorKind.Syntax, $"materialization '{name}' received unknown argument '{option}'.", line);
}

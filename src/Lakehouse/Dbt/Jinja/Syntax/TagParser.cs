using Recoup.Lakehouse.Dbt.Jinja.Expressions;
using Recoup.Lakehouse.Dbt.Jinja.Statements;

namespace Recoup.Lakehouse.Dbt.Jinja.Syntax;

/// <summary>The tags that dbt's Jinja knows; those that define macros are in <see cref="DefinitionParser"/>.</summary>
internal sealed class TagParser(TemplateParser parser)
{
    private readonly DefinitionParser _definitions = new(parser);
    private readonly TargetParser _targets = new(parser.Tokens, parser.Expressions);

    private TokenStream Tokens => parser.Tokens;

    private ExpressionParser Expressions => parser.Expressions;

    /// <summary>What reads a tag whose name is the current token; null for a tag that is none.</summary>
    public Func<Statement>? Find(string name) => name switch
    {
        "if" => If,
        "for" => For,
        "set" => Set,
        "with" => With,
        "filter" => FilterBlock,
        "call" => Call,
        "do" => Do,
        "print" => Print,
        "break" => () => Control(Flow.Break),
        "continue" => () => Control(Flow.Continue),
        "block" => NamedBlock,
        "include" => Include,
        "import" => Import,
        "from" => FromImport,
        "extends" => Extends,
        "autoescape" => throw JinjaException.Unsupported("the tag 'autoescape'"),
        _ => _definitions.Find(name),
    };

    private If If()
    {
        List<IfBranch> branches = [];
        Block? otherwise = null;
        while (otherwise is null)
        {
            branches.Add(parser.Soft(Branch));
            switch (Tokens.Current.Text)
            {
                case "else":
                    Tokens.Next();
                    otherwise = parser.Soft(() => parser.BodyUntil("endif"));
                    Tokens.Next();
                    break;
                case "endif":
                    Tokens.Next();
                    return new(branches, null);
            }
        }

        return new(branches, otherwise);
    }

    private IfBranch Branch()
    {
        var line = Tokens.Next().Line;
        var test = Expressions.Tuple(withConditional: false);
        return new(test, parser.BodyUntil("elif", "else", "endif"), line);
    }

    private For For()
    {
        var line = Tokens.Next().Line;
        var target = _targets.Parse(end: "in");
        CheckLoopTarget(target);
        Tokens.ExpectName("in");
        var items = Expressions.Tuple(withConditional: false, end: "recursive");
        var test = Tokens.SkipName("if") ? Expressions.Parse() : null;
        var isRecursive = Tokens.SkipName("recursive");
        var body = parser.LoopUntil("endfor", "else");
        var otherwise = Tokens.Next().Text == "else" ? parser.ScopeUntil("endfor") : null;
        if (otherwise is not null)
        {
            Tokens.Next();
        }

        return new(target, items, test, isRecursive, body, otherwise, line);
    }

    private static void CheckLoopTarget(Expression target)
    {
        switch (target)
        {
            case Name { Identifier: "loop" }:
                throw new JinjaException(JinjaErrorKind.Syntax, "Can't assign to special loop variable in for-loop target", target.Line);
            case TupleLiteral tuple:
                tuple.Items.ToList().ForEach(CheckLoopTarget);
                break;
        }
    }

    private Statement Set()
    {
        var line = Tokens.Next().Line;
        var target = _targets.Parse(withNamespace: true);
        if (Tokens.Skip("="))
        {
            return new Set(target, Expressions.Tuple(), line);
        }

        var filter = Expressions.FilterChain(startsInline: false);
        return new SetBlock(target, filter, Closed(parser.ScopeUntil("endset")), line);
    }

    private With With()
    {
        var line = Tokens.Next().Line;
        List<(Expression, Expression)> assignments = [];
        while (Tokens.Current.Kind != TokenKind.BlockEnd)
        {
            if (assignments.Count > 0)
            {
                Tokens.Expect(",");
            }

            var target = _targets.Parse();
            Tokens.Expect("=");
            assignments.Add((target, Expressions.Parse()));
        }

        return new(assignments, Closed(parser.ScopeUntil("endwith")), line);
    }

    private FilterBlock FilterBlock()
    {
        var line = Tokens.Next().Line;
        var filter = Expressions.FilterChain(startsInline: true)!;
        return new(filter, Closed(parser.ScopeUntil("endfilter")), line);
    }

    private CallBlock Call()
    {
        var line = Tokens.Next().Line;
        var signature = Tokens.Current.Is("(") ? new SignatureParser(Tokens, Expressions).Parse() : Signature.Empty;
        var call = Expressions.Parse() as Call ?? throw new JinjaException(JinjaErrorKind.Syntax, "expected call", line);
        return new(call, parser.MacroUntil(null, signature, line, "endcall"), line);
    }

    private Do Do()
    {
        var line = Tokens.Next().Line;
        return new(Expressions.Tuple(), line);
    }

    private LoopControl Control(Flow flow)
    {
        var token = Tokens.Next();
        return parser.LoopDepth > 0
            ? new(flow, token.Line)
            : throw new JinjaException(JinjaErrorKind.Syntax, $"'{token.Text}' outside loop");
    }

    private Block Print()
    {
        Tokens.Next();
        List<Statement> values = [];
        while (Tokens.Current.Kind != TokenKind.BlockEnd)
        {
            if (values.Count > 0)
            {
                Tokens.Expect(",");
            }

            values.Add(new ValueOutput(Expressions.Parse()));
        }

        return new(values);
    }

    private NamedBlock NamedBlock()
    {
        var line = Tokens.Next().Line;
        var name = Tokens.Expect(TokenKind.Name).Text;
        if (Tokens.Current.IsName("scoped") || Tokens.Current.IsName("required"))
        {
            throw JinjaException.Unsupported($"a block that is {Tokens.Current.Text}");
        }

        var body = Closed(parser.ScopeUntil("endblock"));
        Tokens.SkipName(name);
        return new(body, line);
    }

    private Loaderless Include()
    {
        var line = Tokens.Next().Line;
        Expressions.Parse();
        if (Tokens.SkipName("ignore"))
        {
            Tokens.ExpectName("missing");
        }

        SkipContext();
        return new(line);
    }

    private Loaderless Import()
    {
        var line = Tokens.Next().Line;
        Expressions.Parse();
        Tokens.ExpectName("as");
        _targets.Name();
        SkipContext();
        return new(line);
    }

    private Loaderless FromImport()
    {
        var line = Tokens.Next().Line;
        Expressions.Parse();
        Tokens.ExpectName("import");
        do
        {
            _targets.Name();
            if (Tokens.SkipName("as"))
            {
                _targets.Name();
            }
        }
        while (Tokens.Skip(","));
        SkipContext();
        return new(line);
    }

    private Loaderless Extends()
    {
        var line = Tokens.Next().Line;
        Expressions.Parse();
        return new(line);
    }

    private void SkipContext()
    {
        if (Tokens.SkipName("with") || Tokens.SkipName("without"))
        {
            Tokens.ExpectName("context");
        }
    }

    /// <summary>Reads the end tag's name, which is the current token.</summary>
    private Block Closed(Block body)
    {
        Tokens.Next();
        return body;
    }
}

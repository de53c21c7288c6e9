using Recoup.Lakehouse.Dbt.Jinja.Expressions;
using Recoup.Lakehouse.Dbt.Jinja.Statements;

namespace Recoup.Lakehouse.Dbt.Jinja.Syntax;

/// <summary>Text, prints and tags up to the end of a template or of a tag's body.</summary>
internal sealed class TemplateParser
{
    private readonly UnknownNames _unknown = new();
    private readonly MacroMentions _mentions = new();
    private readonly TagParser _tags;
    private readonly Stack<string> _open = new();
    private readonly Stack<string[]> _expected = new();

    private TemplateParser(string source)
    {
        Tokens = new(new Lexer(source).Tokens());
        Expressions = new(Tokens, _unknown, _mentions);
        _tags = new(this);
    }

    public TokenStream Tokens { get; }

    public ExpressionParser Expressions { get; }

    /// <summary>How many loops are around the current tag, within the macro that it stands in.</summary>
    public int LoopDepth { get; private set; }

    /// <exception cref="JinjaException">The text is no template.</exception>
    public static Block Parse(string source)
    {
        var parser = new TemplateParser(source);
        var body = parser.Body([]);
        parser._unknown.Check(0);
        return body;
    }

    /// <summary>A value alone, as Python's <c>literal_eval</c> reads it.</summary>
    public static Expression ParseExpression(string source)
    {
        var tokens = new TokenStream(new Lexer("{{" + source + "}}").Tokens());
        tokens.Expect(TokenKind.VariableBegin);
        var expression = new ExpressionParser(tokens, new(), new()).Tuple();
        tokens.Expect(TokenKind.VariableEnd);
        return tokens.Current.Kind == TokenKind.End ? expression : throw new JinjaException(JinjaErrorKind.Syntax, "invalid syntax");
    }

    /// <summary>The body of a tag, up to one of its ends, which becomes the current token.</summary>
    public Block BodyUntil(params string[] ends)
    {
        Tokens.Skip(":");
        Tokens.Expect(TokenKind.BlockEnd);
        _expected.Push(ends);
        var body = Body(ends);
        if (Tokens.Current.Kind == TokenKind.End)
        {
            throw Unknown(null, Tokens.Current.Line);
        }

        _expected.Pop();
        return body;
    }

    /// <summary>As <see cref="BodyUntil"/>, for a body that is a scope of its own: what it does not know, it refuses.</summary>
    public Block ScopeUntil(params string[] ends)
    {
        var mark = _unknown.Mark;
        var body = BodyUntil(ends);
        _unknown.Check(mark);
        return body;
    }

    /// <summary>As <see cref="ScopeUntil"/>, for the body of a loop.</summary>
    public Block LoopUntil(params string[] ends)
    {
        LoopDepth++;
        var body = ScopeUntil(ends);
        LoopDepth--;
        return body;
    }

    /// <summary>The body of a macro, its end tag included; loops around it are not its own.</summary>
    public MacroBody MacroUntil(string? name, Signature signature, int line, params string[] ends)
    {
        var (depth, mark) = (LoopDepth, _mentions.Mark);
        LoopDepth = 0;
        var body = ScopeUntil(ends);
        LoopDepth = depth;
        Tokens.Next();
        return new(name, signature, body, _mentions.Since(mark), line);
    }

    /// <summary>Reads what stands inside <c>if</c>, where unknown filters and tests are forgiven.</summary>
    public T Soft<T>(Func<T> read)
    {
        var mark = _unknown.Mark;
        var result = read();
        _unknown.Forgive(mark);
        return result;
    }

    private Block Body(string[] ends)
    {
        List<Statement> statements = [];
        while (Tokens.Current.Kind != TokenKind.End)
        {
            switch (Tokens.Current.Kind)
            {
                case TokenKind.Data:
                    statements.Add(new TextOutput(Tokens.Current.Text, Tokens.Next().Line));
                    break;
                case TokenKind.VariableBegin:
                    statements.Add(Print());
                    break;
                default:
                    Tokens.Next();
                    if (Tokens.Current.Kind == TokenKind.Name && ends.Contains(Tokens.Current.Text))
                    {
                        return new(statements);
                    }

                    statements.Add(Tag());
                    Tokens.Expect(TokenKind.BlockEnd);
                    break;
            }
        }

        return new(statements);
    }

    private ValueOutput Print()
    {
        Tokens.Next();
        var value = Expressions.Tuple();
        Tokens.Expect(TokenKind.VariableEnd);
        return new(value);
    }

    private Statement Tag()
    {
        var token = Tokens.Current;
        if (token.Kind != TokenKind.Name)
        {
            throw new JinjaException(JinjaErrorKind.Syntax, "tag name expected", token.Line);
        }

        var tag = _tags.Find(token.Text) ?? throw Unknown(token.Text, token.Line);
        _open.Push(token.Text);
        var statement = tag();
        _open.Pop();
        return statement;
    }

    private JinjaException Unknown(string? tag, int line)
    {
        var message = tag is null ? "Unexpected end of template." : $"Encountered unknown tag '{tag}'.";
        if (_expected.TryPeek(out var ends))
        {
            var wanted = string.Join(" or ", ends.Select(end => $"'{end}'"));
            message += tag is not null && _expected.Any(outer => outer.Contains(tag))
                ? $" You probably made a nesting mistake. Jinja is expecting this tag, but currently looking for {wanted}."
                : $" Jinja was looking for the following tags: {wanted}.";
        }

        message += _open.TryPeek(out var open) ? $" The innermost block that needs to be closed is '{open}'." : "";
        return new(JinjaErrorKind.Syntax, message, line);
    }
}

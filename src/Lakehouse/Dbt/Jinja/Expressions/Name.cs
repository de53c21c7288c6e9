namespace Recoup.Lakehouse.Dbt.Jinja.Expressions;

/// <summary>A name, read or as a target.</summary>
internal sealed class Name(string identifier, int line) : Expression(line)
{
    public string Identifier { get; } = identifier;

    public override object? Evaluate(Frame frame) => frame.Get(Identifier);
}

/// <summary><c>ns.name</c> as a target of <c>set</c>.</summary>
internal sealed class NamespaceReference(string identifier, string attribute, int line) : Expression(line)
{
    public string Identifier { get; } = identifier;

    public string Attribute { get; } = attribute;

    public override object? Evaluate(Frame frame) => throw new InvalidOperationException("A target has no value.");
}

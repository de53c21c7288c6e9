namespace Recoup.Lakehouse.Dbt.Jinja.Statements;

/// <summary>A <c>macro</c>, <c>test</c>, <c>materialization</c> or <c>docs</c> tag.</summary>
/// <param name="name">The name as dbt knows it.</param>
/// <param name="isMacro">False for docs, which nothing calls.</param>
internal sealed class MacroDefinition(string name, MacroBody body, bool isMacro) : Statement
{
    /// <summary>dbt puts it before each macro's name, so that a template cannot call its own macros by theirs.</summary>
    public const string Prefix = "dbt_macro__";

    public string Name { get; } = name;

    public MacroBody Body { get; } = body;

    public bool IsMacro { get; } = isMacro;

    public override Flow Execute(Frame frame)
    {
        frame.Run.Line = Body.Line;
        frame.Set(Body.Name!, Bind(frame));
        return Flow.Next;
    }

    public Macro Bind(Frame frame) => new(Body, frame);
}

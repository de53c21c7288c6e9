namespace Recoup.Lakehouse.Dbt.Jinja.Expressions;

/// <summary>A part of a template that has a value.</summary>
/// <param name="line">Line on which it starts, from 1.</param>
internal abstract class Expression(int line)
{
    public int Line { get; } = line;

    /// <summary>No name and no call is in it, so that Jinja computes it while it compiles; native rendering prints it as text.</summary>
    public virtual bool IsConstant => false;

    public abstract object? Evaluate(Frame frame);
}

using Recoup.Lakehouse.Dbt.Jinja.Filters;
using Recoup.Lakehouse.Dbt.Jinja.Testing;
using Recoup.Lakehouse.Dbt.Jinja.Values;

namespace Recoup.Lakehouse.Dbt.Jinja.Expressions;

/// <summary><c>x | name(arguments)</c>.</summary>
/// <param name="target">Null in a filter block, whose text comes from elsewhere.</param>
internal sealed class FilterApplication(Expression? target, string name, CallArguments arguments, int line) : Expression(line)
{
    public override bool IsConstant => target is { IsConstant: true } && arguments.IsConstant && FilterCatalog.IsPure(name);

    public override object? Evaluate(Frame frame) => Apply(target!.Evaluate(frame), frame);

    /// <summary>Applies the filters to the text of a block: the innermost gets it.</summary>
    public object? ApplyTo(string text, Frame frame) => Apply(target is FilterApplication inner ? inner.ApplyTo(text, frame) : text, frame);

    private object? Apply(object? value, Frame frame) =>
        FilterCatalog.Marker(name) is { } marker && frame.Run.IsNative
            ? new NativeMarker(PyValue.Text(value), marker)
            : FilterCatalog.Get(name, $"No filter named '{name}' found.").CallOn(value, arguments.Evaluate(frame));
}

/// <summary><c>x is name(arguments)</c>.</summary>
internal sealed class TestApplication(Expression target, string name, CallArguments arguments, int line) : Expression(line)
{
    public override bool IsConstant => target.IsConstant && arguments.IsConstant && TestCatalog.Exists(name);

    public override object? Evaluate(Frame frame) =>
        TestCatalog.Get(name, $"No test named '{name}' found.").CallOn(target.Evaluate(frame), arguments.Evaluate(frame));
}

using Recoup.Lakehouse.Dbt.Jinja.Values;

namespace Recoup.Lakehouse.Dbt.Jinja.Expressions;

/// <summary><c>f(a, b=1)</c>.</summary>
internal sealed class Call(Expression callee, CallArguments arguments, int line) : Expression(line)
{
    public override object? Evaluate(Frame frame) => Callable(frame).Call(arguments.Evaluate(frame));

    /// <summary>The call of a call block, which hands its body over as <c>caller</c>.</summary>
    public object? EvaluateWith(IJinjaCallable caller, Frame frame)
    {
        var callable = Callable(frame);
        var given = arguments.Evaluate(frame);
        return callable.Call(new(given.Positional, new OrderedDictionary<string, object?>(given.Keywords) { ["caller"] = caller }));
    }

    private IJinjaCallable Callable(Frame frame) => callee.Evaluate(frame) switch
    {
        IJinjaCallable callable => callable,
        JinjaUndefined undefined => new Calls.FreeFunction(_ => undefined.Used()),
        var value => throw JinjaException.Runtime($"'{PyType.NameOf(value)}' object is not callable"),
    };
}

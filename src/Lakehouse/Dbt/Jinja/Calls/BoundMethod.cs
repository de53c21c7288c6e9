namespace Recoup.Lakehouse.Dbt.Jinja.Calls;

/// <summary>A method of a value, before or while it is called.</summary>
internal sealed class BoundMethod(object? receiver, Function method) : IJinjaCallable
{
    public object? Call(JinjaArguments arguments) => method.CallOn(receiver, arguments);
}

namespace Recoup.Lakehouse.Dbt.Jinja.Calls;

/// <summary>A function that takes its arguments as they come: any number, any names.</summary>
internal sealed class FreeFunction(Func<JinjaArguments, object?> body) : IJinjaCallable
{
    public object? Call(JinjaArguments arguments) => body(arguments);
}

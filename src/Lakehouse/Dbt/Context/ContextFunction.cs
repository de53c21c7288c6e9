using Recoup.Lakehouse.Dbt.Jinja;

namespace Recoup.Lakehouse.Dbt.Context;

/// <summary>A function of the context that is written in C#.</summary>
internal sealed class ContextFunction(Func<JinjaArguments, object?> body) : IJinjaCallable
{
    /// <summary>Prints nothing: what a function returns that is called for its effect.</summary>
    public const string Nothing = "";

    public object? Call(JinjaArguments arguments) => body(arguments);
}

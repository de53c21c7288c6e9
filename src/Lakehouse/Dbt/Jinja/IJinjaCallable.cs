namespace Recoup.Lakehouse.Dbt.Jinja;

/// <summary>Anything that a template can call: a macro, a context function, a bound method.</summary>
internal interface IJinjaCallable
{
    /// <summary>The answer as a template sees it; see <see cref="Values.PyValue"/> for what values are.</summary>
    object? Call(JinjaArguments arguments);
}

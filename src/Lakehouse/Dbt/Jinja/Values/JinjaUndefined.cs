namespace Recoup.Lakehouse.Dbt.Jinja.Values;

/// <summary>A name or attribute that does not exist: prints as nothing, is false, and fails when it is used otherwise.</summary>
/// <param name="message">What the failure says.</param>
internal sealed class JinjaUndefined(string message)
{
    public string Message { get; } = message;

    public static JinjaUndefined Name(string name) => new($"'{name}' is undefined");
}

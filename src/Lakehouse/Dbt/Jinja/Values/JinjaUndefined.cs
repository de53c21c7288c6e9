namespace Recoup.Lakehouse.Dbt.Jinja.Values;

/// <summary>A name or attribute that does not exist: prints as nothing, is false, and fails when it is used otherwise.</summary>
/// <param name="message">What the failure says.</param>
/// <param name="isLenient">While dbt parses a node, members and calls of what is undefined are undefined too; only when it runs they fail.</param>
internal sealed class JinjaUndefined(string message, bool isLenient = false)
{
    public string Message { get; } = message;

    public static JinjaUndefined Name(string name, bool isLenient = false) => new($"'{name}' is undefined", isLenient);

    /// <summary>What a member or a call of it is.</summary>
    /// <exception cref="JinjaException">It is not lenient.</exception>
    public JinjaUndefined Used() => isLenient ? this : throw JinjaException.Undefined(Message);
}

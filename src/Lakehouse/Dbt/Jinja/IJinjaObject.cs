namespace Recoup.Lakehouse.Dbt.Jinja;

/// <summary>An object of the context with members of its own, seen by <c>x.name</c> and by <c>x['name']</c>.</summary>
/// <remarks>It prints by its <see cref="object.ToString"/> and is true.</remarks>
internal interface IJinjaObject
{
    /// <summary>False where there is no such member: the template then sees an undefined value.</summary>
    bool TryGetAttribute(string name, out object? value);
}

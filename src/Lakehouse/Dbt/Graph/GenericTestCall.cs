using Recoup.Lakehouse.Dbt.Jinja.Values;

namespace Recoup.Lakehouse.Dbt.Graph;

/// <summary>A generic test as a schema file calls it.</summary>
/// <param name="Name">The test, such as <c>unique</c>.</param>
/// <param name="Namespace">The package before the dot; <see langword="null"/> when there is none.</param>
/// <param name="Arguments">Its keyword arguments, the model among them, as the schema file has them.</param>
/// <param name="ColumnName">The column under which it stands.</param>
/// <param name="AttachedNode">Unique id of the node under which it stands; <see langword="null"/> for sources.</param>
/// <param name="FileKeyName">Such as <c>models.charges</c>.</param>
internal sealed record GenericTestCall(
    string Name, string? Namespace, PyDict Arguments, string? ColumnName, string? AttachedNode, string FileKeyName);

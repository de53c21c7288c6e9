namespace Recoup.Lakehouse.Dbt.Jinja;

/// <summary>An object of the context that can be gone through and asked by position, such as a table's rows.</summary>
internal interface IJinjaSequence : IJinjaObject, IReadOnlyList<object?>;

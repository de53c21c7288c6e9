namespace Recoup.Lakehouse.Dbt.Selection;

/// <summary>A selection that dbt refuses (its Runtime Error), or that is refused here.</summary>
internal sealed class SelectionException(string message) : Exception(message);

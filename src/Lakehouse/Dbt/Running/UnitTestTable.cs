using Recoup.Lakehouse.Dbt.Graph;

namespace Recoup.Lakehouse.Dbt.Running;

/// <summary>Rows that a unit test gives in the place of a table.</summary>
/// <param name="Node">Whose table.</param>
/// <param name="IsThis">The table that the model itself has: <c>this</c>.</param>
internal sealed record UnitTestTable(DbtNode Node, bool IsThis, Cte Cte);

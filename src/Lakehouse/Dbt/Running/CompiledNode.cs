using Recoup.Lakehouse.Dbt.Context;

namespace Recoup.Lakehouse.Dbt.Running;

/// <summary>A node's SQL.</summary>
/// <param name="Code">With the common table expressions of the ephemeral models that it names.</param>
/// <param name="OwnCode">Without them.</param>
/// <param name="Ctes">Them, each after those that it names itself.</param>
/// <param name="Scope">The names that its template saw.</param>
internal sealed record CompiledNode(string Code, string OwnCode, IReadOnlyList<Cte> Ctes, ContextScope Scope);

/// <summary>A common table expression.</summary>
/// <param name="Name">Such as <c>__dbt__cte__stg</c>.</param>
internal sealed record Cte(string Name, string Sql);

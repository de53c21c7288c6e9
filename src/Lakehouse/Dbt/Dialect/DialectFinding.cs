namespace Recoup.Lakehouse.Dbt.Dialect;

/// <summary>A place where DuckDB would answer otherwise than Trino, or that is not understood.</summary>
/// <param name="Rule">The rule's id, such as <c>L06</c>; docs/DIALECT.md lists them.</param>
/// <param name="Line">Counted from 1.</param>
/// <param name="Remedy">What would be right in both.</param>
public sealed record DialectFinding(string Rule, string File, int Line, string Reason, string Remedy)
{
    public override string ToString() => $"{File}:{Line}: {Rule}: {Reason}. {Remedy}.";
}

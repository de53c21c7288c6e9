namespace Recoup.Lakehouse.Dbt.Dialect;

/// <summary>A statement that is refused, because DuckDB would not give Trino's answer to it.</summary>
public sealed class DialectException(DialectFinding finding) : Exception(finding.ToString())
{
    public DialectFinding Finding { get; } = finding;
}

namespace Recoup.Lakehouse.Dbt.Dialect.Syntax;

/// <summary>Where a statement stands: makes refusals that point there.</summary>
internal sealed record SourceFile(string Name, int FirstLine)
{
    public DialectException Refuse(string rule, int line, string reason, string remedy) => new(new DialectFinding(rule, Name, line, reason, remedy));
}

namespace Recoup.Lakehouse.FlinkSql.Linting;

/// <summary>A place in a script that the two engines would read differently, or that one of them does not read.</summary>
/// <param name="Line">Counted from 1.</param>
/// <param name="Remedy">What would be right.</param>
public sealed record LintFinding(string File, int Line, int Column, string Reason, string Remedy)
{
    public override string ToString() => $"{File}:{Line}:{Column}: {Reason}. {Remedy}.";
}

namespace Recoup.Lakehouse.FlinkSql.Syntax;

/// <summary>A place in a script; line and column count from 1, as editors show them.</summary>
public readonly record struct SourcePosition(string File, int Line, int Column)
{
    public override string ToString() => $"{File}:{Line}:{Column}";
}

namespace Recoup.Lakehouse.FlinkSql.Syntax;

/// <summary>
/// A script that is not read: it is no SQL, or it is SQL that this engine would answer otherwise than Flink. The message
/// names the file, the line, the column, what is wrong and what would be right.
/// </summary>
public sealed class FlinkSqlException : Exception
{
    public FlinkSqlException(SourcePosition at, string reason, string remedy)
        : base($"{at}: {reason}. {remedy}.")
    {
        At = at;
        Reason = reason;
        Remedy = remedy;
    }

    public SourcePosition At { get; }

    public string Reason { get; }

    public string Remedy { get; }
}

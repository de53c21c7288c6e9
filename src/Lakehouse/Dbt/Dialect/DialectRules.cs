namespace Recoup.Lakehouse.Dbt.Dialect;

/// <summary>Ids that code asks for; docs/DIALECT.md lists all.</summary>
internal static class DialectRules
{
    /// <summary>The answer depends on the type of a column of a table that nobody described: no finding of a lint without tables.</summary>
    public const string TypeNotKnown = "T01";
}

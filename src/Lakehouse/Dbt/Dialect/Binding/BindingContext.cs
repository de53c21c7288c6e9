using Recoup.Lakehouse.Dbt.Dialect.Syntax;
using Recoup.Lakehouse.Dbt.Dialect.Types;

namespace Recoup.Lakehouse.Dbt.Dialect.Binding;

/// <summary>What the whole statement shares: where it stands, what tables there are, and names not given yet.</summary>
/// <param name="findings">Where a lint collects its refusals; <see langword="null"/> when the first refusal ends the work.</param>
internal sealed class BindingContext(SourceFile source, TableColumns? tables, List<DialectFinding>? findings = null)
{
    private int names;

    public SourceFile Source => source;

    /// <summary>How often a name meant a column of a query around its own.</summary>
    public int OuterReferences { get; set; }

    /// <summary>Whether a refusal is only to be noted.</summary>
    public bool Notes(DialectFinding finding)
    {
        if (findings?.Contains(finding) == false)
        {
            findings.Add(finding);
        }

        return findings is not null;
    }

    public string NewName(string prefix) => $"{prefix}{++names}";

    public IReadOnlyList<(string Name, TrinoType Type)>? Describe(IReadOnlyList<string> table) =>
        tables?.Invoke(table)?.Select(column => (column.Name, DuckTypes.Read(column.Type))).ToList();

    public DialectException Refuse(string rule, int line, string reason, string remedy) => source.Refuse(rule, line, reason, remedy);

    /// <summary>The refusal where DuckDB's text depends on the type of a column that nobody described.</summary>
    public DialectException TypeNotKnown(int line, string what) =>
        Refuse(DialectRules.TypeNotKnown, line, $"{what} depends on the type of a column that is not known here", "Describe the table's columns, or CAST the column where it is first selected");
}

using System.Text.Json;

namespace Recoup.Lakehouse.Query.Statements;

/// <summary>One statement that only reads, as DuckDB's own parser understands it.</summary>
/// <param name="Sql">The text to execute.</param>
/// <param name="Tables">The tables that it names, each once.</param>
/// <param name="NeedsCatalog">Whether it asks which tables there are.</param>
internal sealed record ReadStatement(string Sql, IReadOnlyList<TableName> Tables, bool NeedsCatalog)
{
    /// <summary>The query's tree, from which filters are read; null for EXPLAIN.</summary>
    public JsonElement? Tree { get; init; }
}

/// <param name="Namespace">Empty where the statement names none.</param>
/// <param name="Name">As written in the statement.</param>
internal sealed record TableName(string Namespace, string Name)
{
    public override string ToString() => Namespace.Length is 0 ? Name : $"{Namespace}.{Name}";
}

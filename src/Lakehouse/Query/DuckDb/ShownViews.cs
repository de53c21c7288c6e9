using DuckDB.NET.Data;
using Recoup.Lakehouse.Iceberg.Catalogs;
using Recoup.Lakehouse.Iceberg.Values;

namespace Recoup.Lakehouse.Query.DuckDb;

/// <summary>
/// The lake's tables and views as views of a DuckDB connection, each namespace a schema. Views of the lake call functions of Trino's, so the dialect
/// is to be installed in the connection.
/// </summary>
internal sealed class ShownViews(DuckDBConnection connection)
{
    private readonly HashSet<string> namespaces = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<TableIdentifier, string> views = [];

    /// <summary>
    /// Makes each show its rows; one that does already is left. DuckDB holds a view to the columns that it had when it was made, so behind one that
    /// changed, those of other views are made again.
    /// </summary>
    public void Show(IReadOnlyList<LakeView> wanted)
    {
        var hasChanged = false;
        foreach (var view in wanted)
        {
            if (views.GetValueOrDefault(view.Identifier) != view.Select || (hasChanged && view.IsView))
            {
                Show(view);
                hasChanged = true;
            }
        }
    }

    /// <summary>Takes away the views of all others, so that a listing shows those that there are.</summary>
    public void Keep(IReadOnlyCollection<TableIdentifier> identifiers)
    {
        foreach (var gone in views.Keys.Except(identifiers).ToArray())
        {
            Run($"DROP VIEW {SqlText.Name(gone.Namespace.ToString())}.{SqlText.Name(gone.Name)}");
            views.Remove(gone);
        }
    }

    private void Show(LakeView view)
    {
        var space = SqlText.Name(view.Identifier.Namespace.ToString());
        if (namespaces.Add(view.Identifier.Namespace.ToString()))
        {
            Run($"CREATE SCHEMA IF NOT EXISTS {space}");
        }

        Run($"CREATE OR REPLACE VIEW {space}.{SqlText.Name(view.Identifier.Name)} AS {view.Select}");
        views[view.Identifier] = view.Select;
    }

    private void Run(string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}

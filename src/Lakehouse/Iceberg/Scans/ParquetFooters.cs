using System.Globalization;
using DuckDB.NET.Data;
using Recoup.Lakehouse.Iceberg.Caching;
using Recoup.Lakehouse.Iceberg.Values;

namespace Recoup.Lakehouse.Iceberg.Scans;

/// <summary>The columns of Parquet files, from their footers. Files never change, so each is looked at once.</summary>
internal static class ParquetFooters
{
    internal const int FilesKept = 4096;
    private static readonly BoundedCache<ParquetColumn> Cache = new(FilesKept);

    /// <summary>The columns of each file, as the children of one root; <paramref name="paths"/> are local.</summary>
    public static IReadOnlyDictionary<string, ParquetColumn> Read(DuckDBConnection connection, IReadOnlyCollection<string> paths)
    {
        // Each is looked up once: what is kept now may be gone in a moment, pushed out by somebody else's files or by these.
        var roots = new Dictionary<string, ParquetColumn>(StringComparer.Ordinal);
        var unknown = new HashSet<string>(StringComparer.Ordinal);
        foreach (var path in paths)
        {
            if (Cache.Find(path) is { } known)
            {
                roots[path] = known;
            }
            else
            {
                unknown.Add(path);
            }
        }

        foreach (var (path, root) in unknown.Count is 0 ? [] : Query(connection, unknown))
        {
            roots[path] = Cache.Keep(path, root);
        }

        return roots;
    }

    private static Dictionary<string, ParquetColumn> Query(DuckDBConnection connection, IReadOnlyCollection<string> paths)
    {
        using var command = connection.CreateCommand();
        command.CommandText =
            $"SELECT file_name, name, field_id, duckdb_type, coalesce(num_children, 0), converted_type, logical_type FROM parquet_schema({SqlText.List(paths)})";
        using var reader = command.ExecuteReader();
        var files = new Dictionary<string, Queue<Element>>(StringComparer.Ordinal);
        while (reader.Read())
        {
            var path = reader.GetString(0);
            if (!files.TryGetValue(path, out var elements))
            {
                files[path] = elements = new Queue<Element>();
            }

            var id = reader.IsDBNull(2) ? (int?)null : Convert.ToInt32(reader.GetValue(2), CultureInfo.InvariantCulture);
            var children = Convert.ToInt32(reader.GetValue(4), CultureInfo.InvariantCulture);
            elements.Enqueue(new Element(reader.GetString(1), id, Text(reader, 3), children, Text(reader, 5) ?? Text(reader, 6) ?? ""));
        }

        return files.ToDictionary(file => file.Key, file => Column(file.Value));
    }

    private static string? Text(DuckDBDataReader reader, int ordinal) => reader.IsDBNull(ordinal) ? null : reader.GetString(ordinal);

    /// <summary>The elements come depth first, each followed by as many children as it says.</summary>
    private static ParquetColumn Column(Queue<Element> elements)
    {
        var element = elements.Dequeue();
        var children = new List<ParquetColumn>();
        for (var count = element.Children; count > 0; count--)
        {
            children.Add(Column(elements));
        }

        // list -> repeated group -> element, and map -> repeated group -> key, value: the group in the middle is no column.
        var isList = element.Annotation.StartsWith("LIST", StringComparison.OrdinalIgnoreCase);
        var isMap = element.Annotation.StartsWith("MAP", StringComparison.OrdinalIgnoreCase);
        var inner = (isList || isMap) && children is [{ Children.Count: > 0 } group] ? group.Children : children;
        return new ParquetColumn(element.Name, element.FieldId, element.Children is 0 ? element.DuckDbType : null, inner);
    }

    private sealed record Element(string Name, int? FieldId, string? DuckDbType, int Children, string Annotation);
}

using System.Globalization;
using Recoup.Lakehouse.Iceberg.Schemas;
using Recoup.Lakehouse.Iceberg.Values;

namespace Recoup.Lakehouse.Iceberg.Scans;

/// <summary>
/// The SQL that gives a table's columns from a file's, matched by field id at every depth: renamed, reordered, widened and dropped columns, and
/// NULL for those that the file does not have. A column that is the same in both is passed as it is, so that DuckDB can filter on statistics.
/// </summary>
internal sealed class Projection(string location)
{
    private int lambdas;

    /// <summary>The select list.</summary>
    /// <param name="schema">The columns that are wanted.</param>
    /// <param name="file">The file's columns.</param>
    /// <param name="constants">SQL of columns that the file leaves to its partition, by field id.</param>
    public string Columns(Schema schema, ParquetColumn file, IReadOnlyDictionary<int, string> constants)
    {
        var twice = file.Children.GroupBy(column => column.Name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(group => group.Count() > 1);
        return twice is null
            ? string.Join(", ", schema.Fields.Select(field => $"{Column(field, file, constants)} AS {SqlText.Name(field.Name)}"))
            : throw IcebergException.Unsupported($"two columns named '{twice.Key}' but for case ({location})");
    }

    private string Column(NestedField field, ParquetColumn file, IReadOnlyDictionary<int, string> constants) =>
        file.Children.FirstOrDefault(column => column.FieldId == field.Id) is { } column
            ? Value(field.Type, column, SqlText.Name(column.Name), field.Name)
            : constants.GetValueOrDefault(field.Id) ?? Missing(field);

    private string Missing(NestedField field) => field.Required
        ? throw IcebergException.Invalid($"{location} lacks the required column '{field.Name}'.")
        : $"CAST(NULL AS {DuckType.Of(field.Type)})";

    private string Value(IcebergType type, ParquetColumn column, string sql, string name) => (type, column) switch
    {
        (PrimitiveType primitive, { DuckDbType: { } from }) => Scalar(primitive, from, sql, name),
        (StructType structure, { DuckDbType: null }) => Struct(structure, column, sql, name),
        (ListType list, { Children: [var element] }) => List(list, element, sql, name),
        (MapType map, { Children: [var key, var value] }) => Map(map, key, value, sql, name),
        _ => throw Mismatch(type, column.DuckDbType ?? "nested", name),
    };

    private string Scalar(PrimitiveType type, string from, string sql, string name)
    {
        var to = DuckType.Of(type);
        var source = from == "TIMESTAMP WITH TIME ZONE" ? "TIMESTAMPTZ" : from;
        return (source, type.Kind) switch
        {
            _ when source == to => sql,
            ("BLOB", PrimitiveKind.Uuid) => $"CAST(hex({sql}) AS UUID)",
            ("BLOB", PrimitiveKind.String) => $"decode({sql})", // Text without the annotation, as old writers left it.
            ("INTEGER", PrimitiveKind.Long) or ("FLOAT", PrimitiveKind.Double) => $"CAST({sql} AS {to})",
            ("TINYINT" or "SMALLINT" or "UTINYINT" or "USMALLINT", PrimitiveKind.Int or PrimitiveKind.Long) => $"CAST({sql} AS {to})",
            ("TIMESTAMP_NS" or "TIMESTAMP_MS" or "TIMESTAMP_S", PrimitiveKind.Timestamp) => $"CAST({sql} AS {to})",
            (_, PrimitiveKind.Decimal) when source.StartsWith("DECIMAL", StringComparison.Ordinal) && Scale(source) == type.Scale => $"CAST({sql} AS {to})",
            _ => throw Mismatch(type, source, name),
        };
    }

    private static int Scale(string type) => int.Parse(type.Split(',', ')')[1], CultureInfo.InvariantCulture);

    private string Struct(StructType type, ParquetColumn column, string sql, string name)
    {
        var parts = type.Fields.Select(field => (field.Name, Sql: Part(field, column, sql, name))).ToArray();
        var isSame = parts.Select(part => (part.Name, part.Sql)).SequenceEqual(column.Children.Select(child => (child.Name, Access(sql, child.Name))));
        return isSame
            ? sql
            : $"CASE WHEN {sql} IS NOT NULL THEN {{{string.Join(", ", parts.Select(part => $"{SqlText.Quote(part.Name)}: {part.Sql}"))}}} END";
    }

    private string Part(NestedField field, ParquetColumn column, string sql, string name) =>
        column.Children.FirstOrDefault(child => child.FieldId == field.Id) is { } child
            ? Value(field.Type, child, Access(sql, child.Name), $"{name}.{field.Name}")
            : Missing(field);

    private string List(ListType type, ParquetColumn element, string sql, string name)
    {
        var variable = Variable();
        var inner = Value(type.Element, element, variable, $"{name}.element");
        return inner == variable ? sql : $"list_transform({sql}, lambda {variable}: {inner})";
    }

    private string Map(MapType type, ParquetColumn key, ParquetColumn value, string sql, string name)
    {
        var variable = Variable();
        var (oldKey, oldValue) = (Access(variable, "key"), Access(variable, "value"));
        var newKey = Value(type.Key, key, oldKey, $"{name}.key");
        var newValue = Value(type.Value, value, oldValue, $"{name}.value");
        return newKey == oldKey && newValue == oldValue
            ? sql
            : $"CASE WHEN {sql} IS NOT NULL THEN map_from_entries(list_transform(map_entries({sql}), lambda {variable}: {{'key': {newKey}, 'value': {newValue}}})) END";
    }

    private static string Access(string sql, string field) => $"{sql}[{SqlText.Quote(field)}]";

    private string Variable() => string.Create(CultureInfo.InvariantCulture, $"item{++lambdas}");

    private IcebergException Mismatch(IcebergType type, string found, string name) =>
        IcebergException.Unsupported($"column '{name}' of type {type} in a file that has {found} ({location})");
}

namespace Recoup.Lakehouse.Iceberg.Schemas;

/// <summary>Walks the fields of a schema, parents before children, and gives each its full name.</summary>
internal static class SchemaNames
{
    public static IEnumerable<NestedField> Walk(IEnumerable<NestedField> fields) =>
        fields.SelectMany(field => Walk(Children(field.Type)).Prepend(field));

    public static IReadOnlyList<NestedField> Children(IcebergType type) => type switch
    {
        StructType structure => structure.Fields,
        ListType list => [new NestedField(list.ElementId, "element", list.Element, list.ElementRequired)],
        MapType map => [new NestedField(map.KeyId, "key", map.Key, Required: true), new NestedField(map.ValueId, "value", map.Value, map.ValueRequired)],
        _ => [],
    };

    public static Dictionary<string, NestedField> Index(IReadOnlyList<NestedField> fields)
    {
        var index = new Dictionary<string, NestedField>(StringComparer.Ordinal);
        Add(fields, "");
        return index;

        void Add(IReadOnlyList<NestedField> level, string prefix)
        {
            foreach (var field in level)
            {
                if (!index.TryAdd(prefix + field.Name, field))
                {
                    throw IcebergException.Invalid($"There are two columns named '{prefix}{field.Name}'.");
                }

                Add(Children(field.Type), $"{prefix}{field.Name}.");
            }
        }
    }
}

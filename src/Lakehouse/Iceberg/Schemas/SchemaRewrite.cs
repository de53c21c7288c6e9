namespace Recoup.Lakehouse.Iceberg.Schemas;

/// <summary>Rebuilds a tree of fields with one of them changed or, where the change gives null, left out.</summary>
internal static class SchemaRewrite
{
    public static IReadOnlyList<NestedField> Replace(IReadOnlyList<NestedField> fields, int id, Func<NestedField, NestedField?> change) =>
        [.. fields.Select(field => Replace(field, id, change)).OfType<NestedField>()];

    public static IcebergType Append(NestedField owner, NestedField field) => owner.Type switch
    {
        StructType structure => new StructType([.. structure.Fields, field]),
        ListType { Element: StructType element } list => list with { Element = new StructType([.. element.Fields, field]) },
        MapType { Value: StructType value } map => map with { Value = new StructType([.. value.Fields, field]) },
        _ => throw IcebergException.Invalid($"'{owner.Name}' holds no struct, so '{field.Name}' cannot be added to it."),
    };

    private static NestedField? Replace(NestedField field, int id, Func<NestedField, NestedField?> change) =>
        field.Id == id ? change(field) : field with { Type = Replace(field.Type, id, change) };

    private static IcebergType Replace(IcebergType type, int id, Func<NestedField, NestedField?> change)
    {
        switch (type)
        {
            case StructType structure:
                return new StructType(Replace(structure.Fields, id, change));
            case ListType list:
                var element = Part(new NestedField(list.ElementId, "element", list.Element, list.ElementRequired), id, change);
                return new ListType(element.Id, element.Type, element.Required);
            case MapType map:
                var key = Part(new NestedField(map.KeyId, "key", map.Key, Required: true), id, change);
                var value = Part(new NestedField(map.ValueId, "value", map.Value, map.ValueRequired), id, change);
                return new MapType(key.Id, key.Type, value.Id, value.Type, value.Required);
            default:
                return type;
        }
    }

    private static NestedField Part(NestedField part, int id, Func<NestedField, NestedField?> change)
    {
        var changed = Replace(part, id, change);
        return changed is not null && changed.Name == part.Name
            ? changed
            : throw IcebergException.Invalid($"The {part.Name} of a list or map can be neither renamed nor dropped.");
    }
}

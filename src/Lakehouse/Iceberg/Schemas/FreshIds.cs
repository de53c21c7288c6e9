namespace Recoup.Lakehouse.Iceberg.Schemas;

/// <summary>Gives the fields of a new schema ids of the table's own, a level at a time, as the reference implementation numbers them.</summary>
internal sealed class FreshIds(int lastId = 0)
{
    private readonly Dictionary<int, int> renumbered = [];

    public int LastId { get; private set; } = lastId;

    public static (Schema Schema, Func<int, int> Renumbered, int LastId) Assign(Schema schema)
    {
        var ids = new FreshIds();
        var fields = ids.Struct(schema.Fields);
        var identifiers = schema.IdentifierFieldIds?.Select(ids.New).ToArray();
        return (schema with { SchemaId = 0, Fields = fields, IdentifierFieldIds = identifiers }, ids.New, ids.LastId);
    }

    public IcebergType Type(IcebergType type) => type switch
    {
        StructType structure => new StructType(Struct(structure.Fields)),
        ListType list => List(list),
        MapType map => Map(map),
        _ => type,
    };

    private int New(int id) => renumbered.TryGetValue(id, out var number)
        ? number
        : throw IcebergException.Invalid($"There is no field with id {id} in the schema.");

    private NestedField[] Struct(IReadOnlyList<NestedField> fields)
    {
        var numbered = fields.Select(field => field with { Id = Next(field.Id) }).ToArray();
        return [.. numbered.Select(field => field with { Type = Type(field.Type) })];
    }

    private ListType List(ListType list)
    {
        var element = Next(list.ElementId);
        return new ListType(element, Type(list.Element), list.ElementRequired);
    }

    private MapType Map(MapType map)
    {
        var (key, value) = (Next(map.KeyId), Next(map.ValueId));
        return new MapType(key, Type(map.Key), value, Type(map.Value), map.ValueRequired);
    }

    private int Next(int id)
    {
        LastId++;
        renumbered[id] = LastId;
        return LastId;
    }
}

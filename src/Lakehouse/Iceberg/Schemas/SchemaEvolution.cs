namespace Recoup.Lakehouse.Iceberg.Schemas;

/// <summary>
/// Changes of a schema that old files can still be read under: a field keeps its id for ever, and a dropped id is never used again.
/// Each call gives a new value; commit it with <c>LakeTransaction.UpdateSchema</c>.
/// </summary>
public sealed record SchemaEvolution(Schema Schema, int LastColumnId)
{
    /// <summary>Adds an optional column; old rows read NULL.</summary>
    /// <param name="name">The column's name; for a field of a struct, <paramref name="parent"/> is the struct's full name.</param>
    /// <param name="type">The type; ids inside it are given anew.</param>
    /// <param name="parent">The full name of a struct, or of a list or map of structs; empty for the table itself.</param>
    /// <param name="doc">What the column means.</param>
    public SchemaEvolution Add(string name, IcebergType type, string parent = "", string? doc = null)
    {
        var id = LastColumnId + 1;
        var ids = new FreshIds(id);
        var field = new NestedField(id, name, ids.Type(type), Required: false, doc);
        var fields = parent.Length is 0
            ? [.. Schema.Fields, field]
            : SchemaRewrite.Replace(Schema.Fields, Schema.Column(parent).Id, owner => owner with { Type = SchemaRewrite.Append(owner, field) });
        return Checked(fields) with { LastColumnId = ids.LastId };
    }

    public SchemaEvolution Rename(string column, string name) => Change(column, field => field with { Name = name });

    /// <summary>Widens a type without touching files: int to long, float to double, a decimal to more digits of the same scale.</summary>
    public SchemaEvolution Widen(string column, PrimitiveType type) => Change(column, field => CanWiden(field.Type, type)
        ? field with { Type = type }
        : throw IcebergException.Invalid($"'{column}' cannot change from {field.Type} to {type}: only int to long, float to double and decimals of more digits are."));

    /// <summary>Lets a required column be NULL.</summary>
    public SchemaEvolution MakeOptional(string column) => Change(column, field => field with { Required = false });

    /// <summary>Drops a column; files keep its data and readers skip it.</summary>
    public SchemaEvolution Drop(string column)
    {
        var id = Schema.Column(column).Id;
        return Schema.IdentifierFieldIds?.Contains(id) is true
            ? throw IcebergException.Invalid($"'{column}' identifies rows and cannot be dropped.")
            : Checked(SchemaRewrite.Replace(Schema.Fields, id, _ => null));
    }

    /// <summary>
    /// Makes the columns these, in this order. One that is there under its name and whose type is the same or wider keeps its id; another gets a new
    /// one, so that the values of old files are not read as something else. All are optional.
    /// </summary>
    public SchemaEvolution Become(IEnumerable<(string Name, IcebergType Type)> columns)
    {
        var last = LastColumnId;
        var fields = new List<NestedField>();
        foreach (var (name, type) in columns)
        {
            var known = Schema.Fields.FirstOrDefault(field => field.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
            if (known is not null && (known.Type == type || CanWiden(known.Type, type)))
            {
                fields.Add(known with { Name = name, Type = type, Required = false });
                continue;
            }

            var ids = new FreshIds(last + 1);
            fields.Add(new NestedField(last + 1, name, ids.Type(type)));
            last = ids.LastId;
        }

        return Checked(fields) with { LastColumnId = last };
    }

    /// <summary>Whether files of one type can be read as another.</summary>
    internal static bool CanWiden(IcebergType from, IcebergType to) => to is PrimitiveType wider && IsWidening(from, wider);

    private static bool IsWidening(IcebergType from, PrimitiveType to) => (from, to.Kind) switch
    {
        (PrimitiveType { Kind: PrimitiveKind.Int }, PrimitiveKind.Long) => true,
        (PrimitiveType { Kind: PrimitiveKind.Float }, PrimitiveKind.Double) => true,
        (PrimitiveType { Kind: PrimitiveKind.Decimal } narrow, PrimitiveKind.Decimal) => narrow.Scale == to.Scale && narrow.Precision < to.Precision,
        _ => false,
    };

    private SchemaEvolution Change(string column, Func<NestedField, NestedField> change) =>
        Checked(SchemaRewrite.Replace(Schema.Fields, Schema.Column(column).Id, change));

    private SchemaEvolution Checked(IReadOnlyList<NestedField> fields)
    {
        SchemaNames.Index(fields); // Two columns of one name are refused here.
        return this with { Schema = Schema with { Fields = fields } };
    }
}

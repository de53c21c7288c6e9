using System.Text.Json.Serialization;

namespace Recoup.Lakehouse.Iceberg.Schemas;

/// <summary>The columns of a table at one time. Names are found as written first, then without regard to case.</summary>
public sealed record Schema
{
    private Dictionary<int, NestedField>? byId;
    private Dictionary<string, NestedField>? byName;

    public string Type { get; init; } = "struct";

    public int SchemaId { get; init; }

    /// <summary>The columns that tell rows apart; null for none.</summary>
    public IReadOnlyList<int>? IdentifierFieldIds
    {
        get;
        init => field = value is { Count: > 0 } ? value : null;
    }

    [JsonRequired]
    public IReadOnlyList<NestedField> Fields
    {
        get;
        init
        {
            field = value;
            (byId, byName) = (null, null); // A copy with other columns must not keep the indexes of these.
        }
    } = [];

    /// <summary>The highest field id, nested ones included; 0 when there is no column.</summary>
    [JsonIgnore]
    public int HighestFieldId => ById.Count is 0 ? 0 : ById.Keys.Max();

    private Dictionary<int, NestedField> ById => byId ??= IndexById();

    private Dictionary<string, NestedField> ByName => byName ??= SchemaNames.Index(Fields);

    /// <summary>The field with this id at any depth, a list's element and a map's key and value included.</summary>
    public NestedField? Find(int id) => ById.GetValueOrDefault(id);

    /// <summary>The field with this full name, such as <c>address.city</c> or <c>tags.element</c>.</summary>
    public NestedField? Find(string name) => ByName.GetValueOrDefault(name)
        ?? ByName.FirstOrDefault(pair => string.Equals(pair.Key, name, StringComparison.OrdinalIgnoreCase)).Value;

    /// <summary>The column with this name, or an error that lists those there are.</summary>
    public NestedField Column(string name) => Find(name)
        ?? throw IcebergException.Invalid($"There is no column '{name}'; the columns are {string.Join(", ", Fields.Select(field => field.Name))}.");

    /// <summary>Same columns, whatever the number of the schema.</summary>
    public bool SameColumns(Schema other) =>
        Fields.SequenceEqual(other.Fields) && (IdentifierFieldIds ?? []).Order().SequenceEqual((other.IdentifierFieldIds ?? []).Order());

    private Dictionary<int, NestedField> IndexById()
    {
        var index = new Dictionary<int, NestedField>();
        foreach (var field in SchemaNames.Walk(Fields))
        {
            if (!index.TryAdd(field.Id, field))
            {
                throw IcebergException.Invalid($"Field id {field.Id} is used twice, by '{index[field.Id].Name}' and by '{field.Name}'.");
            }
        }

        return index;
    }
}

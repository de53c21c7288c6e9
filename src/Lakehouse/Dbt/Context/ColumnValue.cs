using System.Text.RegularExpressions;
using Recoup.Lakehouse.Dbt.Jinja;

namespace Recoup.Lakehouse.Dbt.Context;

/// <summary>A column as templates see it.</summary>
internal sealed partial record ColumnValue(string Name, string Type) : IJinjaObject
{
    public bool TryGetAttribute(string name, out object? value)
    {
        value = name switch
        {
            "name" or "column" => Name,
            "dtype" or "data_type" => Type,
            "quoted" => $"\"{Name}\"",
            "is_string" => Answer(IsOneOf("text", "character varying", "character", "varchar", "string", "char")),
            "is_numeric" => Answer(IsOneOf("numeric", "decimal")),
            "is_integer" => Answer(IsOneOf("smallint", "integer", "bigint", "int", "tinyint", "hugeint")),
            "is_float" => Answer(IsOneOf("real", "float", "double", "double precision")),
            "is_number" => Answer(IsOneOf("smallint", "integer", "bigint", "int", "tinyint", "hugeint", "real", "float", "double", "numeric", "decimal")),
            _ => null,
        };
        return value is not null;
    }

    public override string ToString() => $"<Column {Name} ({Type})>";

    private static ContextFunction Answer(bool value) => new(_ => value);

    private bool IsOneOf(params string[] names) => names.Contains(Parameters().Replace(Type, "").Trim(), StringComparer.OrdinalIgnoreCase);

    [GeneratedRegex(@"\(.*\)", RegexOptions.CultureInvariant)]
    private static partial Regex Parameters();
}

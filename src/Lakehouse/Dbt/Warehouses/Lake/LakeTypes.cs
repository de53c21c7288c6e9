using System.Globalization;
using System.Text.RegularExpressions;
using Recoup.Lakehouse.Iceberg.Schemas;

namespace Recoup.Lakehouse.Dbt.Warehouses.Lake;

/// <summary>
/// Iceberg's types under their names in Trino and in DuckDB. Whole numbers that are too wide for Iceberg become bigint, as sums are in Trino; a value
/// that does not fit then is an error.
/// </summary>
internal static partial class LakeTypes
{
    private static readonly Dictionary<string, PrimitiveType> Simple = new(StringComparer.OrdinalIgnoreCase)
    {
        ["boolean"] = PrimitiveType.Boolean,
        ["tinyint"] = PrimitiveType.Int,
        ["smallint"] = PrimitiveType.Int,
        ["utinyint"] = PrimitiveType.Int,
        ["usmallint"] = PrimitiveType.Int,
        ["int"] = PrimitiveType.Int,
        ["integer"] = PrimitiveType.Int,
        ["uinteger"] = PrimitiveType.Long,
        ["bigint"] = PrimitiveType.Long,
        ["ubigint"] = PrimitiveType.Long,
        ["hugeint"] = PrimitiveType.Long,
        ["uhugeint"] = PrimitiveType.Long,
        ["real"] = PrimitiveType.Float,
        ["float"] = PrimitiveType.Float,
        ["double"] = PrimitiveType.Double,
        ["double precision"] = PrimitiveType.Double,
        ["date"] = PrimitiveType.Date,
        ["time"] = PrimitiveType.Time,
        ["timestamp"] = PrimitiveType.Timestamp,
        ["timestamp_s"] = PrimitiveType.Timestamp,
        ["timestamp_ms"] = PrimitiveType.Timestamp,
        ["timestamp without time zone"] = PrimitiveType.Timestamp,
        ["timestamp with time zone"] = PrimitiveType.Timestamptz,
        ["timestamptz"] = PrimitiveType.Timestamptz,
        ["varchar"] = PrimitiveType.String,
        ["char"] = PrimitiveType.String,
        ["text"] = PrimitiveType.String,
        ["json"] = PrimitiveType.String,
        ["varbinary"] = PrimitiveType.Binary,
        ["blob"] = PrimitiveType.Binary,
        ["uuid"] = PrimitiveType.Uuid,
    };

    /// <summary>The type of a column. Ids inside it are to be given anew.</summary>
    /// <exception cref="WarehouseException">A table has no such type.</exception>
    public static IcebergType Parse(string column, string type) => TryParse(type.Trim()) ?? throw new WarehouseException(
        type.Trim('"').ToUpperInvariant() is "NULL" or "UNKNOWN"
            ? $"Column '{column}' is NULL without a type: cast it, as in CAST(NULL AS varchar)."
            : $"Column '{column}' is of type {type}, which a table of the lake cannot hold: cast it to another.");

    /// <summary>Trino's name.</summary>
    public static string Name(IcebergType type) => type switch
    {
        PrimitiveType primitive => Name(primitive),
        ListType list => $"array({Name(list.Element)})",
        MapType map => $"map({Name(map.Key)}, {Name(map.Value)})",
        StructType structure => $"row({string.Join(", ", structure.Fields.Select(field => $"{field.Name} {Name(field.Type)}"))})",
        _ => throw new NotSupportedException($"{type.GetType().Name} has no name in Trino."),
    };

    private static string Name(PrimitiveType type) => type.Kind switch
    {
        PrimitiveKind.Int => "integer",
        PrimitiveKind.Long => "bigint",
        PrimitiveKind.Float => "real",
        PrimitiveKind.Decimal => string.Create(CultureInfo.InvariantCulture, $"decimal({type.Precision}, {type.Scale})"),
        PrimitiveKind.Time => "time(6)",
        PrimitiveKind.Timestamp => "timestamp(6)",
        PrimitiveKind.Timestamptz => "timestamp(6) with time zone",
        PrimitiveKind.String => "varchar",
        PrimitiveKind.Fixed or PrimitiveKind.Binary => "varbinary",
        _ => type.Kind.ToString().ToLowerInvariant(),
    };

    private static IcebergType? TryParse(string type)
    {
        if (type.EndsWith("[]", StringComparison.Ordinal))
        {
            return TryParse(type[..^2]) is { } element ? new ListType(2, element) : null;
        }

        var match = Parameterised().Match(type);
        return match.Success
            ? Parse(match.Groups["name"].Value.ToLowerInvariant(), match.Groups["rest"].Value, [.. TopLevelParts(match.Groups["parameters"].Value)])
            : Simple.GetValueOrDefault(type);
    }

    private static IcebergType? Parse(string name, string rest, string[] parameters) => (name, parameters) switch
    {
        ("decimal" or "numeric", [var precision, var scale]) => PrimitiveType.Decimal(Number(precision), Number(scale)),
        ("decimal" or "numeric", [var precision]) => PrimitiveType.Decimal(Number(precision), 0),
        ("array", [var element]) => TryParse(element) is { } type ? new ListType(2, type) : null,
        ("map", [var key, var value]) => (TryParse(key), TryParse(value)) is ({ } keyType, { } valueType) ? new MapType(2, keyType, 3, valueType) : null,
        ("row" or "struct", _) => Struct(parameters),
        ("varchar" or "char" or "time" or "timestamp", _) => Simple.GetValueOrDefault(name + rest),
        _ => null,
    };

    private static StructType? Struct(string[] parameters)
    {
        var fields = parameters.Select((parameter, index) => FieldPattern().Match(parameter) is { Success: true } field && TryParse(field.Groups["type"].Value) is { } type
            ? new NestedField(index + 2, field.Groups["name"].Value.Trim('"'), type)
            : null).ToArray();
        return fields.Contains(null) ? null : new StructType([.. fields.OfType<NestedField>()]);
    }

    private static IEnumerable<string> TopLevelParts(string text)
    {
        var (depth, start) = (0, 0);
        for (var position = 0; position < text.Length; position++)
        {
            depth += text[position] switch { '(' => 1, ')' => -1, _ => 0 };
            if (depth is 0 && text[position] is ',')
            {
                yield return text[start..position].Trim();
                start = position + 1;
            }
        }

        yield return text[start..].Trim();
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^(?<name>\w+)\s*\((?<parameters>.*)\)(?<rest>[\w ]*)$", RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex Parameterised();

    [GeneratedRegex("""^(?<name>"[^"]+"|\w+)\s+(?<type>.+)$""", RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex FieldPattern();
}

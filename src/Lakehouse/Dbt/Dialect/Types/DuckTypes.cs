using Recoup.Lakehouse.Dbt.Dialect.Syntax;

namespace Recoup.Lakehouse.Dbt.Dialect.Types;

/// <summary>How DuckDB keeps Trino's types, and what Trino calls DuckDB's.</summary>
internal static class DuckTypes
{
    /// <summary>DuckDB's name of the type. JSON is its text.</summary>
    public static string Name(TrinoType type) => type.Kind switch
    {
        TypeKind.Real => "FLOAT",
        TypeKind.Decimal => $"DECIMAL({type.Precision},{type.Scale})",
        TypeKind.Varchar or TypeKind.Json => "VARCHAR",
        TypeKind.Varbinary => "BLOB",
        TypeKind.Timestamp => "TIMESTAMP",
        TypeKind.TimestampTz => "TIMESTAMPTZ",
        TypeKind.IntervalDay or TypeKind.IntervalYear => "INTERVAL",
        TypeKind.Array => $"{Name(type.Element)}[]",
        TypeKind.Map => $"MAP({Name(type.Arguments[0])}, {Name(type.Arguments[1])})",
        TypeKind.Row => $"STRUCT({string.Join(", ", type.Arguments.Select((field, index) => $"{Quoted.Name(type.Fields[index] ?? $"field{index}")} {Name(field)}"))})",
        TypeKind.Unknown => "INTEGER",
        _ => type.Kind.ToString().ToUpperInvariant(),
    };

    /// <summary>The type behind a name of Trino's or of DuckDB's; opaque where neither is known here.</summary>
    public static TrinoType Read(string name)
    {
        if (name.EndsWith("[]", StringComparison.Ordinal))
        {
            return TrinoType.ArrayOf(Read(name[..^2]));
        }

        var trino = name.ToUpperInvariant() switch
        {
            "FLOAT" => "real",
            "BLOB" => "varbinary",
            "TIMESTAMP" => "timestamp(6)",
            "TIMESTAMPTZ" or "TIMESTAMP WITH TIME ZONE" => "timestamp(6) with time zone",
            _ => name,
        };
        try
        {
            var source = new SourceFile(name, 1);
            return TypeResolver.Resolve(SqlParser.ParseTypeName(trino, source), source);
        }
        catch (DialectException)
        {
            return TrinoType.Opaque;
        }
    }
}

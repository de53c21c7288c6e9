namespace Recoup.Lakehouse.Dbt.Dialect.Types;

internal enum TypeKind
{
    /// <summary>The type of NULL: takes on any other.</summary>
    Unknown,

    /// <summary>The type of a column of a table that nobody described.</summary>
    Opaque,
    Boolean,
    TinyInt,
    SmallInt,
    Integer,
    BigInt,
    Decimal,
    Real,
    Double,
    Varchar,
    Varbinary,
    Date,
    Timestamp,
    TimestampTz,
    IntervalDay,
    IntervalYear,
    Json,
    Uuid,
    Array,
    Map,
    Row,
}

/// <summary>A type of Trino's.</summary>
/// <param name="Precision">Digits of a decimal, digits of a second's fraction, characters of a varchar (-1 when unbounded).</param>
/// <param name="Arguments">Element of an array, key and value of a map, fields of a row.</param>
/// <param name="Fields">Names of a row's fields; <see langword="null"/> for a field without.</param>
internal sealed record TrinoType(TypeKind Kind, int Precision, int Scale, IReadOnlyList<TrinoType> Arguments, IReadOnlyList<string?> Fields)
{
    public static readonly TrinoType Unknown = Of(TypeKind.Unknown);
    public static readonly TrinoType Opaque = Of(TypeKind.Opaque);
    public static readonly TrinoType Boolean = Of(TypeKind.Boolean);
    public static readonly TrinoType Integer = Of(TypeKind.Integer);
    public static readonly TrinoType BigInt = Of(TypeKind.BigInt);
    public static readonly TrinoType Double = Of(TypeKind.Double);
    public static readonly TrinoType Varchar = Of(TypeKind.Varchar, -1);
    public static readonly TrinoType Date = Of(TypeKind.Date);
    public static readonly TrinoType IntervalDay = Of(TypeKind.IntervalDay);
    public static readonly TrinoType Json = Of(TypeKind.Json);

    public static TrinoType Of(TypeKind kind, int precision = 0, int scale = 0) => new(kind, precision, scale, [], []);

    public static TrinoType Decimal(int precision, int scale) => Of(TypeKind.Decimal, Math.Min(38, precision), scale);

    public static TrinoType Timestamp(int precision) => Of(TypeKind.Timestamp, precision);

    public static TrinoType TimestampTz(int precision) => Of(TypeKind.TimestampTz, precision);

    public static TrinoType ArrayOf(TrinoType element) => new(TypeKind.Array, 0, 0, [element], []);

    public static TrinoType MapOf(TrinoType key, TrinoType value) => new(TypeKind.Map, 0, 0, [key, value], []);

    public static TrinoType RowOf(IReadOnlyList<TrinoType> types, IReadOnlyList<string?> names) => new(TypeKind.Row, 0, 0, types, names);

    public bool IsInteger => Kind is TypeKind.TinyInt or TypeKind.SmallInt or TypeKind.Integer or TypeKind.BigInt;

    public bool IsExact => IsInteger || Kind is TypeKind.Decimal;

    public bool IsFloating => Kind is TypeKind.Real or TypeKind.Double;

    /// <summary>All digits stand behind the point: DuckDB prints such a decimal without the zero before it.</summary>
    public bool IsFraction => Kind is TypeKind.Decimal && Precision == Scale;

    public bool IsNumeric => IsExact || IsFloating;

    public bool IsTimestamp => Kind is TypeKind.Timestamp or TypeKind.TimestampTz;

    public bool IsInterval => Kind is TypeKind.IntervalDay or TypeKind.IntervalYear;

    public bool IsNested => Kind is TypeKind.Array or TypeKind.Map or TypeKind.Row;

    public bool IsKnown => Kind is not TypeKind.Opaque && Arguments.All(argument => argument.IsKnown);

    public TrinoType Element => Arguments[0];

    /// <summary>Trino's name, as <c>typeof</c> prints it.</summary>
    public string Name => Kind switch
    {
        TypeKind.Decimal => $"decimal({Precision},{Scale})",
        TypeKind.Varchar => Precision < 0 ? "varchar" : $"varchar({Precision})",
        TypeKind.Timestamp => $"timestamp({Precision})",
        TypeKind.TimestampTz => $"timestamp({Precision}) with time zone",
        TypeKind.IntervalDay => "interval day to second",
        TypeKind.IntervalYear => "interval year to month",
        TypeKind.Array => $"array({Element.Name})",
        TypeKind.Map => $"map({Arguments[0].Name}, {Arguments[1].Name})",
        TypeKind.Row => $"row({string.Join(", ", Arguments.Zip(Fields, (type, name) => name is null ? type.Name : $"{name} {type.Name}"))})",
        _ => Kind.ToString().ToLowerInvariant(),
    };

    public bool Same(TrinoType other) => Name == other.Name;

    public override string ToString() => Kind is TypeKind.Opaque ? "a type that is not known" : Name;
}

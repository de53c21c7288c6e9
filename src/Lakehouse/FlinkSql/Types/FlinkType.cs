namespace Recoup.Lakehouse.FlinkSql.Types;

internal enum TypeKind
{
    Null,
    Symbol,
    Boolean,
    Char,
    Varchar,
    Binary,
    Bytes,
    TinyInt,
    SmallInt,
    Int,
    BigInt,
    Decimal,
    Float,
    Double,
    Date,
    Time,
    Timestamp,
    TimestampLtz,
    IntervalMonths,
    IntervalMilliseconds,
    Array,
    Map,
    Row,
}

/// <summary>A type of Flink's SQL.</summary>
/// <param name="Precision">Characters of CHAR and VARCHAR, digits of DECIMAL, digits of a second's fraction of TIMESTAMP and TIME.</param>
internal sealed record FlinkType(
    TypeKind Kind, int Precision = 0, int Scale = 0, FlinkType? Key = null, FlinkType? Element = null, IReadOnlyList<RowField>? Fields = null)
{
    public const int Unbounded = int.MaxValue;

    public static readonly FlinkType Boolean = new(TypeKind.Boolean);
    public static readonly FlinkType String = new(TypeKind.Varchar, Unbounded);
    public static readonly FlinkType Bytes = new(TypeKind.Bytes, Unbounded);
    public static readonly FlinkType TinyInt = new(TypeKind.TinyInt);
    public static readonly FlinkType SmallInt = new(TypeKind.SmallInt);
    public static readonly FlinkType Int = new(TypeKind.Int);
    public static readonly FlinkType BigInt = new(TypeKind.BigInt);
    public static readonly FlinkType Float = new(TypeKind.Float);
    public static readonly FlinkType Double = new(TypeKind.Double);
    public static readonly FlinkType Date = new(TypeKind.Date);
    public static readonly FlinkType Time = new(TypeKind.Time);
    public static readonly FlinkType IntervalMonths = new(TypeKind.IntervalMonths);
    public static readonly FlinkType IntervalMilliseconds = new(TypeKind.IntervalMilliseconds);
    public static readonly FlinkType Null = new(TypeKind.Null);
    public static readonly FlinkType Symbol = new(TypeKind.Symbol);
    public static readonly FlinkType TextArray = ArrayOf(String);

    public bool IsText => Kind is TypeKind.Char or TypeKind.Varchar;

    public bool IsBinary => Kind is TypeKind.Binary or TypeKind.Bytes;

    public bool IsInteger => Kind is TypeKind.TinyInt or TypeKind.SmallInt or TypeKind.Int or TypeKind.BigInt;

    public bool IsExact => IsInteger || Kind == TypeKind.Decimal;

    public bool IsApproximate => Kind is TypeKind.Float or TypeKind.Double;

    public bool IsNumeric => IsExact || IsApproximate;

    public bool IsTimestamp => Kind is TypeKind.Timestamp or TypeKind.TimestampLtz;

    public bool IsInterval => Kind is TypeKind.IntervalMonths or TypeKind.IntervalMilliseconds;

    public static FlinkType Char(int length) => new(TypeKind.Char, length);

    public static FlinkType Varchar(int length) => new(TypeKind.Varchar, length);

    public static FlinkType Binary(int length) => new(TypeKind.Binary, length);

    public static FlinkType Decimal(int precision, int scale) => new(TypeKind.Decimal, precision, scale);

    public static FlinkType Timestamp(int precision) => new(TypeKind.Timestamp, precision);

    public static FlinkType TimestampLtz(int precision) => new(TypeKind.TimestampLtz, precision);

    public static FlinkType ArrayOf(FlinkType element) => new(TypeKind.Array, Element: element);

    public static FlinkType MapOf(FlinkType key, FlinkType value) => new(TypeKind.Map, Key: key, Element: value);

    public static FlinkType RowOf(IReadOnlyList<RowField> fields) => new(TypeKind.Row, Fields: fields);

    public override string ToString() => Kind switch
    {
        TypeKind.Varchar when Precision == Unbounded => "STRING",
        TypeKind.Char or TypeKind.Varchar or TypeKind.Binary or TypeKind.Timestamp => $"{Kind.ToString().ToUpperInvariant()}({Precision})",
        TypeKind.TimestampLtz => $"TIMESTAMP_LTZ({Precision})",
        TypeKind.Decimal => $"DECIMAL({Precision}, {Scale})",
        TypeKind.IntervalMonths => "INTERVAL MONTH",
        TypeKind.IntervalMilliseconds => "INTERVAL SECOND(3)",
        TypeKind.Array => $"ARRAY<{Element}>",
        TypeKind.Map => $"MAP<{Key}, {Element}>",
        TypeKind.Row => $"ROW<{string.Join(", ", Fields!.Select(field => $"{field.Name} {field.Type}"))}>",
        _ => Kind.ToString().ToUpperInvariant(),
    };
}

internal sealed record RowField(string Name, FlinkType Type);

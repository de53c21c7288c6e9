#pragma warning disable CA1720 // The names are those of the specification, not of .NET types.

namespace Recoup.Lakehouse.Iceberg.Schemas;

/// <summary>A type of the Iceberg specification, format version 2.</summary>
public abstract record IcebergType;

public enum PrimitiveKind
{
    Boolean,
    Int,
    Long,
    Float,
    Double,
    Decimal,
    Date,
    Time,
    Timestamp,
    Timestamptz,
    String,
    Uuid,
    Fixed,
    Binary,
}

/// <summary>A scalar. Its text form is the one of the specification, such as <c>decimal(9, 2)</c> or <c>fixed[16]</c>.</summary>
public sealed record PrimitiveType(PrimitiveKind Kind) : IcebergType
{
    /// <summary>Digits of a decimal, 1 to 38.</summary>
    public int Precision { get; init; }

    /// <summary>Digits of a decimal behind its point.</summary>
    public int Scale { get; init; }

    /// <summary>Bytes of a fixed.</summary>
    public int Length { get; init; }

    public static PrimitiveType Boolean { get; } = new(PrimitiveKind.Boolean);

    public static PrimitiveType Int { get; } = new(PrimitiveKind.Int);

    public static PrimitiveType Long { get; } = new(PrimitiveKind.Long);

    public static PrimitiveType Float { get; } = new(PrimitiveKind.Float);

    public static PrimitiveType Double { get; } = new(PrimitiveKind.Double);

    public static PrimitiveType Date { get; } = new(PrimitiveKind.Date);

    public static PrimitiveType Time { get; } = new(PrimitiveKind.Time);

    public static PrimitiveType Timestamp { get; } = new(PrimitiveKind.Timestamp);

    public static PrimitiveType Timestamptz { get; } = new(PrimitiveKind.Timestamptz);

    public static PrimitiveType String { get; } = new(PrimitiveKind.String);

    public static PrimitiveType Uuid { get; } = new(PrimitiveKind.Uuid);

    public static PrimitiveType Binary { get; } = new(PrimitiveKind.Binary);

    public static PrimitiveType Decimal(int precision, int scale) => new(PrimitiveKind.Decimal) { Precision = precision, Scale = scale };

    public static PrimitiveType Fixed(int length) => new(PrimitiveKind.Fixed) { Length = length };

    public override string ToString() => TypeText.Write(this);
}

/// <summary>A column, or a field of a struct. The id stays when the name changes; readers find data by it.</summary>
public sealed record NestedField(int Id, string Name, IcebergType Type, bool Required = false, string? Doc = null);

public sealed record StructType(IReadOnlyList<NestedField> Fields) : IcebergType
{
    public bool Equals(StructType? other) => other is not null && Fields.SequenceEqual(other.Fields);

    public override int GetHashCode() => Fields.Aggregate(0, HashCode.Combine);
}

public sealed record ListType(int ElementId, IcebergType Element, bool ElementRequired = false) : IcebergType;

public sealed record MapType(int KeyId, IcebergType Key, int ValueId, IcebergType Value, bool ValueRequired = false) : IcebergType;

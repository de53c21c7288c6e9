namespace Recoup.Lakehouse.FlinkSql.Types;

/// <summary>The types of decimal arithmetic, by Flink's rules (LogicalTypeMerging): 38 digits at most, at least 6 of a fraction kept.</summary>
internal static class DecimalTypes
{
    private const int MaxPrecision = 38;
    private const int MinimumScale = 6;

    /// <summary>An integer as the decimal that holds all its values.</summary>
    public static FlinkType Of(FlinkType type) => type.Kind switch
    {
        TypeKind.TinyInt => FlinkType.Decimal(3, 0),
        TypeKind.SmallInt => FlinkType.Decimal(5, 0),
        TypeKind.Int => FlinkType.Decimal(10, 0),
        TypeKind.BigInt => FlinkType.Decimal(19, 0),
        TypeKind.Decimal => type,
        _ => throw new InvalidOperationException($"{type} is no exact number."),
    };

    public static FlinkType Sum(FlinkType left, FlinkType right)
    {
        var scale = Math.Max(left.Scale, right.Scale);
        var integral = Math.Max(left.Precision - left.Scale, right.Precision - right.Scale);
        return Adjust(integral + scale + 1, scale);
    }

    public static FlinkType Product(FlinkType left, FlinkType right) => Adjust(left.Precision + right.Precision + 1, left.Scale + right.Scale);

    public static FlinkType Quotient(FlinkType left, FlinkType right)
    {
        var scale = Math.Max(MinimumScale, left.Scale + right.Precision + 1);
        return Adjust(left.Precision - left.Scale + right.Scale + scale, scale);
    }

    public static FlinkType Remainder(FlinkType left, FlinkType right)
    {
        var scale = Math.Max(left.Scale, right.Scale);
        return Adjust(Math.Min(left.Precision - left.Scale, right.Precision - right.Scale) + scale, scale);
    }

    public static FlinkType Common(FlinkType left, FlinkType right)
    {
        var scale = Math.Max(left.Scale, right.Scale);
        var integral = Math.Max(left.Precision - left.Scale, right.Precision - right.Scale);
        return FlinkType.Decimal(Math.Min(MaxPrecision, integral + scale), scale);
    }

    private static FlinkType Adjust(int precision, int scale)
    {
        if (precision <= MaxPrecision)
        {
            return FlinkType.Decimal(precision, scale);
        }

        var integral = precision - scale;
        return FlinkType.Decimal(MaxPrecision, Math.Max(MaxPrecision - integral, Math.Min(scale, MinimumScale)));
    }
}

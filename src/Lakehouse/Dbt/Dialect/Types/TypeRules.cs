namespace Recoup.Lakehouse.Dbt.Dialect.Types;

/// <summary>Which types Trino converts without being asked, and to what two of them come together.</summary>
internal static class TypeRules
{
    /// <summary>The integer types as the decimals that hold them.</summary>
    public static TrinoType AsDecimal(TrinoType type) => type.Kind switch
    {
        TypeKind.TinyInt => TrinoType.Decimal(3, 0),
        TypeKind.SmallInt => TrinoType.Decimal(5, 0),
        TypeKind.Integer => TrinoType.Decimal(10, 0),
        TypeKind.BigInt => TrinoType.Decimal(19, 0),
        _ => type,
    };

    /// <summary>The type to which both convert, or <see langword="null"/> where Trino refuses.</summary>
    public static TrinoType? Common(TrinoType left, TrinoType right) => (left.Kind, right.Kind) switch
    {
        _ when left.Same(right) => left,
        (TypeKind.Opaque, _) or (_, TypeKind.Opaque) => TrinoType.Opaque,
        (TypeKind.Unknown, _) => right,
        (_, TypeKind.Unknown) => left,
        (TypeKind.Varchar, TypeKind.Varchar) => left.Precision < 0 || right.Precision < 0 ? TrinoType.Varchar : left.Precision > right.Precision ? left : right,
        _ when left.IsNumeric && right.IsNumeric => CommonNumber(left, right),
        _ when IsTime(left) && IsTime(right) => CommonTime(left, right),
        _ when left.Kind == right.Kind && left.IsNested && left.Arguments.Count == right.Arguments.Count => CommonNested(left, right),
        _ => null,
    };

    public static TrinoType? Common(IEnumerable<TrinoType> types)
    {
        TrinoType? common = TrinoType.Unknown;
        foreach (var type in types)
        {
            common = common is null ? null : Common(common, type);
        }

        return common;
    }

    private static TrinoType CommonNumber(TrinoType left, TrinoType right)
    {
        if (left.IsFloating || right.IsFloating || (left.IsInteger && right.IsInteger))
        {
            return left.Kind > right.Kind ? left : right;
        }

        var (a, b) = (AsDecimal(left), AsDecimal(right));
        var scale = Math.Max(a.Scale, b.Scale);
        return TrinoType.Decimal(Math.Max(a.Precision - a.Scale, b.Precision - b.Scale) + scale, scale);
    }

    private static bool IsTime(TrinoType type) => type.IsTimestamp || type.Kind is TypeKind.Date;

    private static TrinoType CommonTime(TrinoType left, TrinoType right) =>
        TrinoType.Of(left.Kind > right.Kind ? left.Kind : right.Kind, Math.Max(left.Precision, right.Precision));

    private static TrinoType? CommonNested(TrinoType left, TrinoType right)
    {
        var arguments = left.Arguments.Zip(right.Arguments, Common).ToList();
        return arguments.Contains(null) ? null : left with { Arguments = arguments!, Fields = left.Fields };
    }
}

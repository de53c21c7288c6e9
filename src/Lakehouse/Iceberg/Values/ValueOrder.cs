using System.Numerics;
using System.Text;
using Recoup.Lakehouse.Iceberg.Schemas;

namespace Recoup.Lakehouse.Iceberg.Values;

/// <summary>The order of values that bounds rely on: text by code point, bytes unsigned, -0.0 below 0.0, NaN above all.</summary>
internal static class ValueOrder
{
    public static int Compare(PrimitiveType type, object left, object right) => type.Kind switch
    {
        PrimitiveKind.String => CompareText((string)left, (string)right),
        PrimitiveKind.Uuid or PrimitiveKind.Fixed or PrimitiveKind.Binary => ((byte[])left).AsSpan().SequenceCompareTo((byte[])right),
        PrimitiveKind.Float => CompareFloating((float)left, (float)right),
        PrimitiveKind.Double => CompareFloating((double)left, (double)right),
        PrimitiveKind.Decimal => BigInteger.Compare((BigInteger)left, (BigInteger)right),
        _ => ((IComparable)left).CompareTo(right),
    };

    public static bool IsNaN(object value) => value is double.NaN or float.NaN;

    private static int CompareFloating(double left, double right)
    {
        if (double.IsNaN(left) || double.IsNaN(right))
        {
            return double.IsNaN(left).CompareTo(double.IsNaN(right));
        }

        return left is 0 && right is 0 ? double.IsNegative(right).CompareTo(double.IsNegative(left)) : left.CompareTo(right);
    }

    /// <summary>UTF-16 puts pairs of surrogates before U+E000; by code point, and in UTF-8, they come after it.</summary>
    private static int CompareText(string left, string right) =>
        left.Any(char.IsSurrogate) || right.Any(char.IsSurrogate)
            ? Encoding.UTF8.GetBytes(left).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(right))
            : string.CompareOrdinal(left, right);
}

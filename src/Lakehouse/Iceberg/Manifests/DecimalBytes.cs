using System.Numerics;

namespace Recoup.Lakehouse.Iceberg.Manifests;

/// <summary>Decimals in Avro: big-endian two's complement in the fewest bytes that hold every value of the precision.</summary>
internal static class DecimalBytes
{
    public static int Length(int precision)
    {
        var highest = BigInteger.Pow(10, precision) - 1;
        return highest.GetByteCount();
    }

    public static byte[] Extend(BigInteger unscaled, int length)
    {
        var bytes = new byte[length];
        bytes.AsSpan().Fill(unscaled.Sign < 0 ? (byte)0xFF : (byte)0);
        var digits = unscaled.ToByteArray(isUnsigned: false, isBigEndian: true);
        digits.CopyTo(bytes, length - digits.Length);
        return bytes;
    }
}

using System.Buffers.Binary;
using System.Numerics;
using System.Text;
using Recoup.Lakehouse.Iceberg.Schemas;

namespace Recoup.Lakehouse.Iceberg.Values;

/// <summary>
/// The bytes of one value, as bounds keep them (specification, appendix D: single-value serialization). In memory a value is: bool; int for int and
/// date; long for long, time, timestamp and timestamptz (microseconds); float; double; <see cref="BigInteger"/> for a decimal's unscaled digits;
/// string; byte[] for uuid, fixed and binary.
/// </summary>
public static class SingleValue
{
    /// <summary>Java's one NaN; .NET's own has the sign bit set.</summary>
    private const int NaNBits = 0x7FC00000;
    private const long LongNaNBits = 0x7FF8000000000000;
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    public static byte[] Write(PrimitiveType type, object value) => type.Kind switch
    {
        PrimitiveKind.Boolean => [(bool)value ? (byte)1 : (byte)0],
        PrimitiveKind.Int or PrimitiveKind.Date => Bytes(4, span => BinaryPrimitives.WriteInt32LittleEndian(span, (int)value)),
        PrimitiveKind.Long or PrimitiveKind.Time or PrimitiveKind.Timestamp or PrimitiveKind.Timestamptz =>
            Bytes(8, span => BinaryPrimitives.WriteInt64LittleEndian(span, (long)value)),
        PrimitiveKind.Float => Bytes(4, span => BinaryPrimitives.WriteInt32LittleEndian(span, float.IsNaN((float)value) ? NaNBits : BitConverter.SingleToInt32Bits((float)value))),
        PrimitiveKind.Double => Bytes(8, span => BinaryPrimitives.WriteInt64LittleEndian(span, double.IsNaN((double)value) ? LongNaNBits : BitConverter.DoubleToInt64Bits((double)value))),
        PrimitiveKind.Decimal => ((BigInteger)value).ToByteArray(isUnsigned: false, isBigEndian: true),
        PrimitiveKind.String => Utf8.GetBytes((string)value),
        _ => (byte[])value,
    };

    /// <summary>Reads a value; bytes written before the column was widened (4 of an int or float) are read as the wider type.</summary>
    /// <exception cref="IcebergException">The bytes do not fit the type.</exception>
    public static object Read(PrimitiveType type, ReadOnlySpan<byte> bytes) => (type.Kind, bytes.Length) switch
    {
        (PrimitiveKind.Boolean, 1) => bytes[0] is not 0,
        (PrimitiveKind.Int or PrimitiveKind.Date, 4) => BinaryPrimitives.ReadInt32LittleEndian(bytes),
        (PrimitiveKind.Long, 4) => (long)BinaryPrimitives.ReadInt32LittleEndian(bytes),
        (PrimitiveKind.Long or PrimitiveKind.Time or PrimitiveKind.Timestamp or PrimitiveKind.Timestamptz, 8) => BinaryPrimitives.ReadInt64LittleEndian(bytes),
        (PrimitiveKind.Float, 4) => BinaryPrimitives.ReadSingleLittleEndian(bytes),
        (PrimitiveKind.Double, 4) => (double)BinaryPrimitives.ReadSingleLittleEndian(bytes),
        (PrimitiveKind.Double, 8) => BinaryPrimitives.ReadDoubleLittleEndian(bytes),
        (PrimitiveKind.Decimal, > 0) => new BigInteger(bytes, isUnsigned: false, isBigEndian: true),
        (PrimitiveKind.String, _) => Utf8.GetString(bytes),
        (PrimitiveKind.Uuid, 16) or (PrimitiveKind.Binary, _) => bytes.ToArray(),
        (PrimitiveKind.Fixed, var length) when length == type.Length => bytes.ToArray(),
        _ => throw IcebergException.Invalid($"{bytes.Length} bytes are no value of type {type}."),
    };

    private static byte[] Bytes(int length, Action<byte[]> write)
    {
        var bytes = new byte[length];
        write(bytes);
        return bytes;
    }
}

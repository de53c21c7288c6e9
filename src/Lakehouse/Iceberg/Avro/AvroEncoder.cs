using System.Buffers;
using System.Buffers.Binary;
using System.Collections;
using System.Text;

namespace Recoup.Lakehouse.Iceberg.Avro;

/// <summary>Writes Avro's binary encoding. A record is an array of its values; of a union, null takes the null branch and a value the other.</summary>
internal sealed class AvroEncoder
{
    private readonly ArrayBufferWriter<byte> output = new();

    public byte[] ToArray() => output.WrittenSpan.ToArray();

    public void Write(AvroSchema schema, object? value)
    {
        switch (schema)
        {
            case AvroPrimitive primitive:
                Primitive(primitive.Name, value);
                break;
            case AvroRecord record:
                Record(record, (object?[])value!);
                break;
            case AvroUnion union:
                Union(union, value);
                break;
            case AvroArray array:
                Array(array, (ICollection)value!);
                break;
            case AvroFixed:
                output.Write((byte[])value!);
                break;
            default:
                throw new NotSupportedException($"{schema.GetType().Name} is not written.");
        }
    }

    public void Long(long value)
    {
        var zigzag = unchecked((ulong)((value << 1) ^ (value >> 63)));
        for (; zigzag >= 0x80; zigzag >>= 7)
        {
            output.Write([(byte)((zigzag & 0x7F) | 0x80)]);
        }

        output.Write([(byte)zigzag]);
    }

    public void Bytes(ReadOnlySpan<byte> value)
    {
        Long(value.Length);
        output.Write(value);
    }

    public void Text(string value) => Bytes(Encoding.UTF8.GetBytes(value));

    public void Raw(ReadOnlySpan<byte> value) => output.Write(value);

    private void Record(AvroRecord record, object?[] values)
    {
        for (var index = 0; index < values.Length; index++)
        {
            Write(record.Fields[index].Schema, values[index]);
        }
    }

    private void Union(AvroUnion union, object? value)
    {
        var branch = union.Branches.ToList().FindIndex(schema => schema is AvroPrimitive { Name: "null" } == value is null);
        Long(branch);
        Write(union.Branches[branch], value);
    }

    private void Array(AvroArray array, ICollection items)
    {
        if (items.Count > 0)
        {
            Long(items.Count);
            foreach (var item in items)
            {
                Write(array.Items, item);
            }
        }

        Long(0);
    }

    private void Primitive(string name, object? value)
    {
        Span<byte> number = stackalloc byte[8];
        switch (name)
        {
            case "null":
                break;
            case "boolean":
                output.Write([(bool)value! ? (byte)1 : (byte)0]);
                break;
            case "int":
                Long((int)value!);
                break;
            case "long":
                Long((long)value!);
                break;
            case "float":
                BinaryPrimitives.WriteSingleLittleEndian(number, (float)value!);
                output.Write(number[..4]);
                break;
            case "double":
                BinaryPrimitives.WriteDoubleLittleEndian(number, (double)value!);
                output.Write(number);
                break;
            case "string":
                Text((string)value!);
                break;
            default:
                Bytes((byte[])value!);
                break;
        }
    }
}

using System.Text.Json;
using Apache.Arrow;
using Apache.Arrow.Types;

namespace Recoup.Lakehouse.Query.Formats;

/// <summary>
/// Writes one value as JSON. Numbers have all their digits, also the ones that a reader with 64-bit floats cannot hold; NaN and the infinities are
/// text, as JSON has none. Times are ISO 8601, bytes base64, a struct and a map with text keys an object, another map a list of pairs.
/// </summary>
internal static class JsonCell
{
    public static void Write(Utf8JsonWriter json, IArrowArray values, int row)
    {
        if (values.IsNull(row))
        {
            json.WriteNullValue();
            return;
        }

        switch (values)
        {
            case BooleanArray flags:
                json.WriteBooleanValue(flags.GetValue(row)!.Value);
                break;
            case MapArray map:
                WriteMap(json, map, row);
                break;
            case ListArray list:
                WriteList(json, list.Values, list.ValueOffsets[row], list.ValueOffsets[row + 1]);
                break;
            case FixedSizeListArray list:
                var size = ((FixedSizeListType)list.Data.DataType).ListSize;
                WriteList(json, list.Values, (list.Offset + row) * size, (list.Offset + row + 1) * size);
                break;
            case StructArray structure:
                WriteStruct(json, structure, row);
                break;
            case DictionaryArray enumeration:
                Write(json, enumeration.Dictionary, EnumIndex(enumeration.Indices, row));
                break;
            default:
                WriteScalar(json, values, row);
                break;
        }
    }

    public static int EnumIndex(IArrowArray indices, int row) => indices switch
    {
        UInt8Array small => small.GetValue(row)!.Value,
        UInt16Array medium => medium.GetValue(row)!.Value,
        UInt32Array large => (int)large.GetValue(row)!.Value,
        _ => throw new NotSupportedException($"Dictionary indices of type {indices.Data.DataType.Name}."),
    };

    private static void WriteScalar(Utf8JsonWriter json, IArrowArray values, int row)
    {
        switch (values)
        {
            case FloatArray numbers when float.IsFinite(numbers.GetValue(row)!.Value):
                json.WriteNumberValue(numbers.GetValue(row)!.Value);
                break;
            case DoubleArray numbers when double.IsFinite(numbers.GetValue(row)!.Value):
                json.WriteNumberValue(numbers.GetValue(row)!.Value);
                break;
            case Int64Array numbers:
                json.WriteNumberValue(numbers.GetValue(row)!.Value);
                break;
            case StringArray texts:
                json.WriteStringValue(texts.GetBytes(row));
                break;
            case var numbers when IsNumber(numbers.Data.DataType):
                json.WriteRawValue(CellText.Scalar(values, row));
                break;
            default:
                json.WriteStringValue(CellText.Scalar(values, row));
                break;
        }
    }

    private static bool IsNumber(IArrowType type) =>
        type.TypeId is ArrowTypeId.Int8 or ArrowTypeId.Int16 or ArrowTypeId.Int32 or ArrowTypeId.UInt8 or ArrowTypeId.UInt16 or ArrowTypeId.UInt32
            or ArrowTypeId.UInt64 or ArrowTypeId.Decimal32 or ArrowTypeId.Decimal64 or ArrowTypeId.Decimal128 or ArrowTypeId.Decimal256;

    private static void WriteList(Utf8JsonWriter json, IArrowArray values, int from, int to)
    {
        json.WriteStartArray();
        for (var index = from; index < to; index++)
        {
            Write(json, values, index);
        }

        json.WriteEndArray();
    }

    private static void WriteStruct(Utf8JsonWriter json, StructArray structure, int row)
    {
        json.WriteStartObject();
        var fields = ((StructType)structure.Data.DataType).Fields;
        for (var index = 0; index < fields.Count; index++)
        {
            json.WritePropertyName(fields[index].Name);
            Write(json, structure.Fields[index], row);
        }

        json.WriteEndObject();
    }

    private static void WriteMap(Utf8JsonWriter json, MapArray map, int row)
    {
        var (from, to) = (map.ValueOffsets[row], map.ValueOffsets[row + 1]);
        if (map.Keys is StringArray names)
        {
            json.WriteStartObject();
            for (var index = from; index < to; index++)
            {
                json.WritePropertyName(names.GetBytes(index));
                Write(json, map.Values, index);
            }

            json.WriteEndObject();
            return;
        }

        json.WriteStartArray();
        for (var index = from; index < to; index++)
        {
            json.WriteStartArray();
            Write(json, map.Keys, index);
            Write(json, map.Values, index);
            json.WriteEndArray();
        }

        json.WriteEndArray();
    }
}

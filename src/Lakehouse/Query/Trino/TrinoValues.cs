using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using Apache.Arrow;
using Apache.Arrow.Types;

namespace Recoup.Lakehouse.Query.Trino;

/// <summary>Turns values as Trino's protocol sends them into Arrow arrays, column by column; nested values go down with their children together.</summary>
internal static class TrinoValues
{
    public static RecordBatch Batch(Schema schema, JsonElement rows)
    {
        var columns = schema.FieldsList.Select((field, index) => Build(field.DataType, [.. rows.EnumerateArray().Select(row => row[index])]));
        return new RecordBatch(schema, columns, rows.GetArrayLength());
    }

    private static IArrowArray Build(IArrowType type, JsonElement[] values) => type switch
    {
        NullType => new NullArray(values.Length),
        BooleanType => Booleans(values),
        Int8Type => Fixed(type, values, value => value.GetSByte()),
        Int16Type => Fixed(type, values, value => value.GetInt16()),
        Int32Type => Fixed(type, values, value => value.GetInt32()),
        Int64Type => Fixed(type, values, value => value.GetInt64()),
        FloatType => Fixed(type, values, value => value.ValueKind is JsonValueKind.String ? float.Parse(Text(value), CultureInfo.InvariantCulture) : value.GetSingle()),
        DoubleType => Fixed(type, values, value => value.ValueKind is JsonValueKind.String ? double.Parse(Text(value), CultureInfo.InvariantCulture) : value.GetDouble()),
        Decimal128Type number => Fixed(type, values, value => Unscaled(Text(value), number.Scale)),
        Date32Type => Fixed(type, values, value => TrinoTimes.Date(Text(value))),
        Time64Type time => Fixed(type, values, value => TrinoTimes.Time(Text(value), Digits(time.Unit))),
        TimestampType { Timezone: null } time => Fixed(type, values, value => TrinoTimes.Timestamp(Text(value), Digits(time.Unit))),
        TimestampType moment => Fixed(type, values, value => TrinoTimes.Moment(Text(value), Digits(moment.Unit))),
        IntervalType => Fixed(type, values, value => TrinoTimes.Interval(Text(value))),
        StringType => Strings(values),
        BinaryType => Binaries(values),
        MapType map => Map(map, values),
        ListType list => List(list, values),
        StructType structure => Struct(structure, values),
        _ => throw new NotSupportedException($"{type.Name} is not among Trino's types."),
    };

    private static int Digits(TimeUnit unit) => unit is TimeUnit.Nanosecond ? 9 : 6;

    private static string Text(JsonElement value) => value.GetString()!;

    private static Int128 Unscaled(string text, int scale)
    {
        var point = text.IndexOf('.', StringComparison.Ordinal);
        var digits = point < 0 ? text + new string('0', scale) : text.Remove(point, 1) + new string('0', scale - (text.Length - point - 1));
        return Int128.Parse(digits, CultureInfo.InvariantCulture);
    }

    private static IArrowArray Fixed<T>(IArrowType type, JsonElement[] values, Func<JsonElement, T> read)
        where T : unmanaged
    {
        var items = new T[values.Length];
        for (var index = 0; index < values.Length; index++)
        {
            items[index] = IsNull(values[index]) ? default : read(values[index]);
        }

        var bytes = new ArrowBuffer(MemoryMarshal.AsBytes(items.AsSpan()).ToArray());
        return ArrowArrayFactory.BuildArray(new ArrayData(type, values.Length, values.Count(IsNull), 0, [Validity(values), bytes]));
    }

    private static BooleanArray Booleans(JsonElement[] values)
    {
        var builder = new BooleanArray.Builder();
        foreach (var value in values)
        {
            builder = IsNull(value) ? builder.AppendNull() : builder.Append(value.GetBoolean());
        }

        return builder.Build();
    }

    private static StringArray Strings(JsonElement[] values)
    {
        var builder = new StringArray.Builder();
        foreach (var value in values)
        {
            builder = IsNull(value) ? builder.AppendNull() : builder.Append(Text(value));
        }

        return builder.Build();
    }

    private static BinaryArray Binaries(JsonElement[] values)
    {
        var builder = new BinaryArray.Builder();
        foreach (var value in values)
        {
            builder = IsNull(value) ? builder.AppendNull() : builder.Append(value.GetBytesFromBase64().AsSpan());
        }

        return builder.Build();
    }

    private static ListArray List(ListType type, JsonElement[] values)
    {
        var items = values.Where(value => !IsNull(value)).SelectMany(value => value.EnumerateArray()).ToArray();
        var offsets = Offsets(values, value => value.GetArrayLength());
        return new ListArray(type, values.Length, offsets, Build(type.ValueDataType, items), Validity(values), values.Count(IsNull));
    }

    /// <summary>A map comes as an object, whose keys are the text of whatever type the key has.</summary>
    private static MapArray Map(MapType type, JsonElement[] values)
    {
        var entries = values.Where(value => !IsNull(value)).SelectMany(value => value.EnumerateObject()).ToArray();
        var keys = Build(type.KeyField.DataType, [.. entries.Select(entry => Key(type.KeyField.DataType, entry.Name))]);
        var items = Build(type.ValueField.DataType, [.. entries.Select(entry => entry.Value)]);
        var pairs = new StructArray(type.KeyValueType, entries.Length, [keys, items], ArrowBuffer.Empty, 0);
        return new MapArray(type, values.Length, Offsets(values, value => value.EnumerateObject().Count()), pairs, Validity(values), values.Count(IsNull));
    }

    private static JsonElement Key(IArrowType type, string name) => type switch
    {
        BooleanType or Int8Type or Int16Type or Int32Type or Int64Type => JsonElement.Parse(name),
        FloatType or DoubleType or StringType or BinaryType or Decimal128Type or Date32Type or TimestampType or Time64Type => JsonSerializer.SerializeToElement(name),
        _ => throw QueryException.Refused($"Maps with keys of the type {type.Name} cannot be returned: cast them to JSON."),
    };

    private static StructArray Struct(StructType type, JsonElement[] values)
    {
        var children = type.Fields.Select((field, index) => Build(field.DataType, [.. values.Select(value => IsNull(value) ? value : value[index])]));
        return new StructArray(type, values.Length, children, Validity(values), values.Count(IsNull));
    }

    private static ArrowBuffer Offsets(JsonElement[] values, Func<JsonElement, int> length)
    {
        var offsets = new ArrowBuffer.Builder<int>(values.Length + 1).Append(0);
        var end = 0;
        foreach (var value in values)
        {
            end += IsNull(value) ? 0 : length(value);
            offsets.Append(end);
        }

        return offsets.Build();
    }

    private static ArrowBuffer Validity(JsonElement[] values)
    {
        var bits = new ArrowBuffer.BitmapBuilder(values.Length);
        foreach (var value in values)
        {
            bits.Append(!IsNull(value));
        }

        return bits.Build();
    }

    private static bool IsNull(JsonElement value) => value.ValueKind is JsonValueKind.Null;
}

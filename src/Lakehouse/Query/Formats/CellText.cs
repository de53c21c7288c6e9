using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Apache.Arrow;
using Apache.Arrow.Arrays;
using Apache.Arrow.Types;

namespace Recoup.Lakehouse.Query.Formats;

/// <summary>One value as text: numbers with all their digits, times as ISO 8601, bytes as base64, lists, structs and maps as JSON.</summary>
public static class CellText
{
    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <returns>null for NULL.</returns>
    public static string? Of(IArrowArray values, int row) => values switch
    {
        _ when values.IsNull(row) => null,
        ListArray or FixedSizeListArray or StructArray => Json(values, row),
        DictionaryArray enumeration => Of(enumeration.Dictionary, JsonCell.EnumIndex(enumeration.Indices, row)),
        _ => Scalar(values, row),
    };

    internal static string Scalar(IArrowArray values, int row) => values switch
    {
        StringArray texts => texts.GetString(row),
        BooleanArray flags => flags.GetValue(row)!.Value ? "true" : "false",
        FloatArray numbers => numbers.GetValue(row)!.Value.ToString(CultureInfo.InvariantCulture),
        DoubleArray numbers => numbers.GetValue(row)!.Value.ToString(CultureInfo.InvariantCulture),
        Int8Array or Int16Array or Int32Array or Int64Array => Whole(values, row),
        UInt8Array or UInt16Array or UInt32Array or UInt64Array => Whole(values, row),
        Date32Array dates => TimeText.Date(dates.GetValue(row)!.Value),
        Time32Array times => TimeText.Time(times.GetValue(row)!.Value, ((TimeType)times.Data.DataType).Unit),
        Time64Array times => TimeText.Time(times.GetValue(row)!.Value, ((TimeType)times.Data.DataType).Unit),
        TimestampArray times => Timestamp(times, row),
        MonthDayNanosecondIntervalArray spans => Interval(spans.GetValue(row)!.Value),
        BinaryArray bytes => Convert.ToBase64String(bytes.GetBytes(row)),
        FixedSizeBinaryArray bytes when bytes.Data.DataType.TypeId is ArrowTypeId.FixedSizedBinary => Convert.ToBase64String(bytes.GetBytes(row)),
        FixedSizeBinaryArray decimals => DecimalText.Of(decimals, row),
        _ => throw QueryException.Refused($"Values of the type {values.Data.DataType.Name} cannot be returned: cast them to VARCHAR."),
    };

    private static string Whole(IArrowArray values, int row) => values switch
    {
        Int8Array numbers => numbers.GetValue(row)!.Value.ToString(CultureInfo.InvariantCulture),
        Int16Array numbers => numbers.GetValue(row)!.Value.ToString(CultureInfo.InvariantCulture),
        Int32Array numbers => numbers.GetValue(row)!.Value.ToString(CultureInfo.InvariantCulture),
        Int64Array numbers => numbers.GetValue(row)!.Value.ToString(CultureInfo.InvariantCulture),
        UInt8Array numbers => numbers.GetValue(row)!.Value.ToString(CultureInfo.InvariantCulture),
        UInt16Array numbers => numbers.GetValue(row)!.Value.ToString(CultureInfo.InvariantCulture),
        UInt32Array numbers => numbers.GetValue(row)!.Value.ToString(CultureInfo.InvariantCulture),
        _ => ((UInt64Array)values).GetValue(row)!.Value.ToString(CultureInfo.InvariantCulture),
    };

    private static string Timestamp(TimestampArray times, int row)
    {
        var type = (TimestampType)times.Data.DataType;
        return TimeText.Timestamp(times.GetValue(row)!.Value, type.Unit, isZoned: !string.IsNullOrEmpty(type.Timezone));
    }

    private static string Interval(Apache.Arrow.Scalars.MonthDayNanosecondInterval span) => TimeText.Interval(span.Months, span.Days, span.Nanoseconds);

    private static string Json(IArrowArray values, int row)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Compact))
        {
            JsonCell.Write(json, values, row);
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}

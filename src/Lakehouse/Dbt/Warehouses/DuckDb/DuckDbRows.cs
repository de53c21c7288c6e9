using System.Globalization;
using DuckDB.NET.Data;

namespace Recoup.Lakehouse.Dbt.Warehouses.DuckDb;

/// <summary>Reads results of DuckDB into memory.</summary>
internal static class DuckDbRows
{
    /// <summary>The rows of the last statement of several; every one is run.</summary>
    public static WarehouseRows ReadLast(DuckDBDataReader reader)
    {
        var last = Read(reader);
        while (reader.NextResult())
        {
            last = Read(reader);
        }

        return last;
    }

    private static WarehouseRows Read(DuckDBDataReader reader)
    {
        var columns = Enumerable.Range(0, reader.FieldCount)
            .Select(index => new RelationColumn(reader.GetName(index), reader.GetDataTypeName(index).ToUpperInvariant())).ToArray();
        var rows = new List<object?[]>();
        while (reader.Read())
        {
            rows.Add([.. columns.Select((column, index) => reader.IsDBNull(index) ? null : Value(reader.GetValue(index), column.Type))]);
        }

        return new WarehouseRows(columns, rows);
    }

    private static object? Value(object value, string type) => value switch
    {
        sbyte or byte or short or ushort or int or uint => Convert.ToInt64(value, CultureInfo.InvariantCulture),
        ulong number => number <= long.MaxValue ? (long)number : new System.Numerics.BigInteger(number),
        float number => (double)number,
        DateTime time when type is "TIMESTAMPTZ" => new DateTimeOffset(DateTime.SpecifyKind(time, DateTimeKind.Utc)),
        Stream bytes => Bytes(bytes),
        _ => value,
    };

    /// <summary>The reader gives a view into memory that is gone with the row.</summary>
    private static byte[] Bytes(Stream stream)
    {
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}

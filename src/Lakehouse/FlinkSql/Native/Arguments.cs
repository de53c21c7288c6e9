using System.Text;

namespace Recoup.Lakehouse.FlinkSql.Native;

/// <summary>One column of a chunk: its cells, which of them are NULL, and of a list its elements.</summary>
internal unsafe struct ArgumentColumn
{
    public byte* Data;
    public ulong* Validity;
    public byte* ElementData;
    public ulong* ElementValidity;
}

/// <summary>The arguments of a scalar function for one row. Texts and binaries are seen in place: they do not outlive the call.</summary>
internal readonly unsafe ref struct Arguments(ArgumentColumn* columns, long row)
{
    public bool IsNull(int index) => IsNull(columns[index].Validity, row);

    public ReadOnlySpan<byte> Bytes(int index) => TextCell.Read(columns[index].Data, row);

    public string Text(int index) => Encoding.UTF8.GetString(Bytes(index));

    public bool Boolean(int index) => columns[index].Data[row] != 0;

    public sbyte Int8(int index) => ((sbyte*)columns[index].Data)[row];

    public short Int16(int index) => ((short*)columns[index].Data)[row];

    public int Int32(int index) => ((int*)columns[index].Data)[row];

    public long Int64(int index) => ((long*)columns[index].Data)[row];

    public Int128 Int128(int index) => ((Int128*)columns[index].Data)[row];

    public float Float(int index) => ((float*)columns[index].Data)[row];

    public double Double(int index) => ((double*)columns[index].Data)[row];

    /// <summary>The number of elements of a list.</summary>
    public int Count(int index) => (int)((ulong*)columns[index].Data)[(row * 2) + 1];

    public bool IsElementNull(int index, int element) => IsNull(columns[index].ElementValidity, Element(index, element));

    public ReadOnlySpan<byte> ElementBytes(int index, int element) => TextCell.Read(columns[index].ElementData, Element(index, element));

    private long Element(int index, int element) => (long)((ulong*)columns[index].Data)[row * 2] + element;

    private static bool IsNull(ulong* validity, long row) => validity != null && (validity[row >> 6] & (1UL << (int)(row & 63))) == 0;
}

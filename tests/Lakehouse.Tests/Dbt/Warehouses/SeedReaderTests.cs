using Recoup.Lakehouse.Dbt.Warehouses;
using Recoup.Lakehouse.Dbt.Warehouses.Seeds;

namespace Recoup.Lakehouse.Tests.Dbt.Warehouses;

[TestClass]
public sealed class SeedReaderTests
{
    [TestMethod]
    [DataRow("1\n2", "Integer")]
    [DataRow("007\n-8", "Integer")]
    [DataRow("1.0\n2", "Integer", DisplayName = "a number whose decimals are zeros is whole")]
    [DataRow("1e3", "Integer")]
    [DataRow("1.5\n2", "Number")]
    [DataRow("1e-3", "Number")]
    [DataRow("\"$1,200.50\"\n3%", "Number")]
    [DataRow("true\nFALSE\n", "Boolean")]
    [DataRow("2026-01-31\n2026-2-1", "Date")]
    [DataRow("2026-01-31 10:00:00", "Timestamp")]
    [DataRow("2026-01-31T10:00:00Z\n2026-01-31T10:00:00.5+02:00", "Timestamp")]
    [DataRow("2026-01-31 10:00:00\n2026-01-31T10:00:00", "Text", DisplayName = "the two ways to write a time do not mix")]
    [DataRow("2026-01-31 10:00:00.123", "Text")]
    [DataRow("2026-02-30", "Text")]
    [DataRow("1\nx", "Text")]
    [DataRow("null\n", "Integer", DisplayName = "nothing at all is an integer")]
    [DataRow("null\ntrue", "Boolean")]
    public void Read_Column_HasTheTypeThatAgateFinds(string cells, string type) =>
        Assert.AreEqual(type, Read("c\n" + cells).Columns[0].Type.ToString());

    [TestMethod]
    public void Read_Cells_AreNullTextOrPlainNumbers()
    {
        var seed = Read("a,b,c\n\"1,000\", x ,\"say \"\"hi\"\"\"\n,NULL,\"two\nlines\"\n\n3\n");
        CollectionAssert.AreEqual(new[] { "1000", " x ", "say \"hi\"" }, seed.Rows[0]);
        CollectionAssert.AreEqual(new[] { null, null, "two\nlines" }, seed.Rows[1]);
        CollectionAssert.AreEqual(new string?[] { null, null, null }, seed.Rows[2]);
        CollectionAssert.AreEqual(new[] { "3", null, null }, seed.Rows[3]);
    }

    [TestMethod]
    public void Read_NamesTwiceOrMissing_AreMadeDistinct() =>
        CollectionAssert.AreEqual(new[] { "a", "a_2", "c" }, Read("\uFEFFa,a,\n1,2,3\n").Columns.Select(column => column.Name).ToArray());

    [TestMethod]
    public void Read_RowTooLong_SaysWhich() =>
        Assert.Contains("Row 1 has 2 values", Assert.ThrowsExactly<WarehouseException>(() => Read("a\n1\n1,2\n")).Message);

    private static SeedTable Read(string csv)
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, csv);
            return SeedReader.Read(path, ',', []);
        }
        finally
        {
            File.Delete(path);
        }
    }
}

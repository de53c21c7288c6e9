using Recoup.Lakehouse.Iceberg.Scans;

namespace Recoup.Lakehouse.Tests.Iceberg.Scans;

[TestClass]
public sealed class ParquetFooterTests
{
    [TestMethod]
    public void Read_MoreFilesThanAreKept_HasTheColumnsOfEach()
    {
        var folder = Directory.CreateTempSubdirectory("footers-").FullName;
        using var duck = Duck.Open();
        var first = Path.Combine(folder, "first.parquet");
        Duck.Run(duck, $"COPY (SELECT 1 AS id) TO '{first}' (FORMAT parquet)");
        ParquetFooters.Read(duck, [first]);
        var others = Enumerable.Range(0, ParquetFooters.FilesKept).Select(number => Path.Combine(folder, $"{number}.parquet")).ToArray();
        foreach (var other in others)
        {
            File.Copy(first, other);
        }

        var roots = ParquetFooters.Read(duck, [first, .. others]);

        Assert.HasCount(others.Length + 1, roots);
        Assert.IsTrue(roots.Values.All(root => root.Children.Single().Name is "id"));
        Directory.Delete(folder, recursive: true);
    }
}

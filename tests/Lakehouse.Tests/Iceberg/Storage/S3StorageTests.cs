using System.Text;
using Recoup.Lakehouse.Iceberg.Catalogs;
using Recoup.Lakehouse.Iceberg.Maintenance;
using Recoup.Lakehouse.Iceberg.Storage;
using Recoup.Lakehouse.Iceberg.Writes;

namespace Recoup.Lakehouse.Tests.Iceberg.Storage;

[TestClass]
public sealed class S3StorageTests
{
    private const string Rows10 = "SELECT 'e' || range AS event_id, range AS amount_minor FROM range(10)";

    [TestMethod]
    public async Task Commit_WarehouseInS3_AnotherProcessReadsTheRows()
    {
        await using var server = await SmallS3.StartAsync();
        using var lake = new Lake((_, folder) => Storage(server, Path.Combine(folder, "copies")));

        var table = await lake.AppendAsync(await lake.CreateAsync("charges"), Rows10);

        // Other copies: what is read comes from the store and not from what the writer kept.
        var other = Storage(server, Path.Combine(lake.Folder, "other-copies"));
        using var catalog = new SqliteCatalog(lake.CatalogPath, other, lake.Clock);
        Assert.AreEqual(10, await lake.CountAsync(await catalog.LoadTableAsync(table.Identifier)));
        Assert.IsTrue(server.Keys.All(key => key.StartsWith("bucket/wh/bronze/charges-", StringComparison.Ordinal)), string.Join('\n', server.Keys));
        Assert.IsEmpty(server.UnconditionalPuts);
    }

    [TestMethod]
    public async Task WriteNew_ObjectIsThereAlready_IsRefused()
    {
        await using var server = await SmallS3.StartAsync();
        using var folder = new Lake();
        var storage = Storage(server, folder.Folder);
        await storage.WriteNewAsync("s3://bucket/wh/a", Encoding.UTF8.GetBytes("first"), default);

        await Assert.ThrowsExactlyAsync<IOException>(() => storage.WriteNewAsync("s3://bucket/wh/a", Encoding.UTF8.GetBytes("second"), default));

        Assert.AreEqual("first", Encoding.UTF8.GetString(await storage.ReadAsync("s3://bucket/wh/a", default)));
        await Assert.ThrowsExactlyAsync<FileNotFoundException>(() => storage.ReadAsync("s3://bucket/wh/b", default));
    }

    [TestMethod]
    public async Task ExpireAndRemoveOrphans_WarehouseInS3_UnneededObjectsGo()
    {
        await using var server = await SmallS3.StartAsync();
        using var lake = new Lake((_, folder) => Storage(server, Path.Combine(folder, "copies")));
        var table = await lake.AppendAsync(await lake.CreateAsync("charges"), Rows10);
        await DataFileWriter.WriteAsync(table, lake.Connection, Rows10);
        lake.Clock.SetUtcNow(DateTimeOffset.UtcNow.AddDays(2));
        var overwrite = lake.Begin();
        overwrite.For(table).Overwrite(await DataFileWriter.WriteAsync(table, lake.Connection, Rows10));
        await overwrite.CommitAsync();
        lake.Clock.Advance(TimeSpan.FromDays(1));

        await new SnapshotExpiry(lake.Catalog, lake.Clock).ExpireAsync(table.Identifier, new SnapshotRetention(TimeSpan.FromHours(1)));
        var removed = await new OrphanRemoval(lake.Catalog, lake.Clock).RemoveAsync(table.Identifier, TimeSpan.FromHours(1));

        Assert.HasCount(1, removed);
        Assert.AreEqual(1, server.Keys.Count(key => key.EndsWith(".parquet", StringComparison.Ordinal)));
        Assert.AreEqual(10, await lake.CountAsync(await lake.LoadAsync("charges")));
    }

    [TestMethod]
    [DataRow("5;chunk-signature=abc\r\nhello\r\n0;chunk-signature=def\r\n\r\n", DisplayName = "signed")]
    [DataRow("5\r\nhello\r\n0\r\nx-amz-checksum-crc64nvme:/x+2UyaUDJI=\r\n\r\n", DisplayName = "unsigned with trailer")]
    public void Decode_BothFramings_GivesTheBytes(string body) =>
        Assert.AreEqual("hello", Encoding.ASCII.GetString(AwsChunks.Decode(Encoding.ASCII.GetBytes(body))));

    private static S3Storage Storage(SmallS3 server, string copies) =>
        new(server.Client(), "s3://bucket/wh", new LocalCopies(copies, limit: 1L << 30, TimeProvider.System));
}

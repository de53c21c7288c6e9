using Microsoft.Extensions.DependencyInjection;
using Recoup.Lakehouse.Iceberg;
using Recoup.Lakehouse.Iceberg.Catalogs;
using Recoup.Lakehouse.Iceberg.Hosting;
using Recoup.Lakehouse.Iceberg.Storage;

namespace Recoup.Lakehouse.Tests.Iceberg.Hosting;

[TestClass]
public sealed class LakeServicesTests
{
    [TestMethod]
    public async Task AddIcebergLake_NoSettings_KeepsEverythingInTheDataFolder()
    {
        using var lake = new Lake();
        await using var services = Services(new LakeOptions(), Path.Combine(lake.Folder, "data"));

        await services.GetRequiredService<ICatalog>().CreateNamespaceAsync(new TableNamespace("bronze"));

        Assert.IsTrue(File.Exists(Path.Combine(lake.Folder, "data", "lake-catalog.db")));
        Assert.AreEqual($"file://{Path.Combine(lake.Folder, "data", "warehouse")}", services.GetRequiredService<ITableStorage>().Warehouse);
    }

    [TestMethod]
    public async Task AddIcebergLake_S3AndRestCatalog_AreUsed()
    {
        await using var services = Services(new LakeOptions { Warehouse = "s3://bucket/wh", Catalog = "http://127.0.0.1:1/iceberg" }, "data");

        Assert.IsInstanceOfType<S3Storage>(services.GetRequiredService<ITableStorage>());
        var refusal = await Assert.ThrowsExactlyAsync<IcebergException>(() => services.GetRequiredService<ICatalog>().ListNamespacesAsync());
        Assert.AreEqual(IcebergFailure.Unavailable, refusal.Failure);
    }

    [TestMethod]
    public void Validate_CatalogIsNoAddress_SaysWhatIsExpected()
    {
        var result = new LakeOptionsValidator().Validate(null, new LakeOptions { Catalog = "polaris" });

        Assert.Contains("http://polaris:8181/api/catalog", result.FailureMessage!);
    }

    [TestMethod]
    public void Validate_LimitIsTooSmall_NamesTheSetting()
    {
        var result = new S3OptionsValidator().Validate(null, new S3Options { CopiesLimit = 5 });

        Assert.Contains("CopiesLimit", result.FailureMessage!);
    }

    private static ServiceProvider Services(LakeOptions lake, string dataFolder) => new ServiceCollection()
        .AddIcebergLake(lake, new S3Options { Endpoint = "http://127.0.0.1:9000" }, dataFolder).BuildServiceProvider();
}

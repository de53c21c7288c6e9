using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
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
        await using var services = Services(Path.Combine(lake.Folder, "data"));

        await services.GetRequiredService<ICatalog>().CreateNamespaceAsync(new TableNamespace("bronze"));

        Assert.IsTrue(File.Exists(Path.Combine(lake.Folder, "data", "catalog.db")));
        Assert.AreEqual($"file://{Path.Combine(lake.Folder, "data", "warehouse")}", services.GetRequiredService<ITableStorage>().Warehouse);
    }

    [TestMethod]
    public async Task AddIcebergLake_S3AndRestCatalog_AreUsed()
    {
        await using var services = Services("data", ("Lake:Warehouse", "s3://bucket/wh"), ("S3:Endpoint", "http://127.0.0.1:9000"), ("Lake:Catalog", "http://127.0.0.1:1/iceberg"));

        Assert.IsInstanceOfType<S3Storage>(services.GetRequiredService<ITableStorage>());
        var refusal = await Assert.ThrowsExactlyAsync<IcebergException>(() => services.GetRequiredService<ICatalog>().ListNamespacesAsync());
        Assert.AreEqual(IcebergFailure.Unavailable, refusal.Failure);
    }

    [TestMethod]
    public async Task AddIcebergLake_CatalogIsNoAddress_SaysWhatIsExpected()
    {
        await using var services = Services("data", ("Lake:Catalog", "polaris"));

        Assert.Contains("Lake__Catalog", Assert.ThrowsExactly<IcebergException>(() => services.GetRequiredService<ICatalog>()).Message);
    }

    [TestMethod]
    public async Task AddIcebergLake_LimitIsTooSmall_IsRefused()
    {
        await using var services = Services("data", ("S3:CopiesLimit", "5"));

        Assert.Contains("CopiesLimit", Assert.ThrowsExactly<OptionsValidationException>(() => services.GetRequiredService<IOptions<S3Options>>().Value).Message);
    }

    private static ServiceProvider Services(string dataFolder, params (string Key, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings.ToDictionary(pair => pair.Key, pair => (string?)pair.Value)).Build();
        return new ServiceCollection().AddIcebergLake(configuration, dataFolder).BuildServiceProvider();
    }
}

using Recoup.Lakehouse.Iceberg;
using Recoup.Lakehouse.Iceberg.Catalogs;
using Recoup.Lakehouse.Iceberg.Schemas;
using Recoup.Lakehouse.Iceberg.Views;

namespace Recoup.Lakehouse.Tests.Iceberg.Catalogs;

/// <summary>Views in both catalogs: in the SQLite file, and by REST.</summary>
[TestClass]
public sealed class ViewCatalogTests
{
    private static readonly TableIdentifier Name = new(Lake.Space, "paid");

    [TestMethod]
    [DataRow("sqlite")]
    [DataRow("rest")]
    public async Task Replace_NewThenAgain_IsOneViewWithTwoVersions(string kind)
    {
        await using var room = await CatalogRoom.OpenAsync(kind);
        var views = (IViewCatalog)room.Catalog;
        var first = await views.ReplaceViewAsync(Name, Definition("id", "SELECT 1 AS id"));
        var second = await views.ReplaceViewAsync(Name, Definition("status", "SELECT 'x' AS status"));
        var loaded = await views.LoadViewAsync(Name);
        Assert.AreEqual(first.Metadata.ViewUuid, loaded.Metadata.ViewUuid);
        Assert.AreEqual(second.MetadataLocation, loaded.MetadataLocation);
        Assert.AreEqual("SELECT 'x' AS status", loaded.TrinoSql);
        Assert.AreEqual("status", loaded.Schema.Fields.Single().Name);
        Assert.AreEqual(2, loaded.Metadata.CurrentVersionId);
        CollectionAssert.AreEqual(new[] { Name }, (await views.ListViewsAsync(Lake.Space)).ToArray());
        Assert.IsEmpty(await room.Catalog.ListTablesAsync(Lake.Space), "a view is no table");
    }

    [TestMethod]
    [DataRow("sqlite")]
    [DataRow("rest")]
    public async Task Replace_NameOfATable_IsRefused(string kind)
    {
        await using var room = await CatalogRoom.OpenAsync(kind);
        await room.Lake.CreateAsync(Name.Name);
        var refused = await Assert.ThrowsExactlyAsync<IcebergException>(() => ((IViewCatalog)room.Catalog).ReplaceViewAsync(Name, Definition("id", "SELECT 1 AS id")));
        Assert.AreEqual(IcebergFailure.AlreadyExists, refused.Failure);
    }

    [TestMethod]
    [DataRow("sqlite")]
    [DataRow("rest")]
    public async Task Drop_View_IsGoneWithItsFile(string kind)
    {
        await using var room = await CatalogRoom.OpenAsync(kind);
        var views = (IViewCatalog)room.Catalog;
        await views.ReplaceViewAsync(Name, Definition("id", "SELECT 1 AS id"));
        await views.DropViewAsync(Name);
        await Assert.ThrowsExactlyAsync<IcebergException>(() => views.LoadViewAsync(Name));
        await Assert.ThrowsExactlyAsync<IcebergException>(() => views.DropViewAsync(Name));
        Assert.IsEmpty(room.Lake.Files());
    }

    [TestMethod]
    public async Task Replace_ByMany_EveryVersionIsKeptInTurn()
    {
        using var lake = new Lake();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(number => lake.Catalog.ReplaceViewAsync(Name, Definition("n", $"SELECT {number} AS n"))));
        var view = await lake.Catalog.LoadViewAsync(Name);
        CollectionAssert.AreEqual(Enumerable.Range(1, 8).ToArray(), view.Metadata.Versions.Select(version => version.VersionId).ToArray());
        Assert.HasCount(1, lake.Files(), "metadata files that lost, or are of the past, are deleted");
    }

    [TestMethod]
    public async Task TrinoSql_OtherDialect_IsRefusedByName()
    {
        using var lake = new Lake();
        var view = await lake.Catalog.ReplaceViewAsync(Name, Definition("n", "SELECT 1 AS n"));
        var version = view.Metadata.CurrentVersion with { Representations = [new ViewRepresentation("sql", "SELECT 1", "spark")] };
        var other = view with { Metadata = view.Metadata with { Versions = [version] } };
        Assert.Contains("spark", Assert.ThrowsExactly<IcebergException>(() => other.TrinoSql).Message);
    }

    private static ViewDefinition Definition(string column, string sql) => new(new Schema { Fields = [new NestedField(1, column, PrimitiveType.String)] }, sql);
}

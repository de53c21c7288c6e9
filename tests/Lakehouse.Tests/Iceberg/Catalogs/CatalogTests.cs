using Recoup.Lakehouse.Iceberg;
using Recoup.Lakehouse.Iceberg.Catalogs;
using Recoup.Lakehouse.Iceberg.Commits;
using Recoup.Lakehouse.Iceberg.Writes;

namespace Recoup.Lakehouse.Tests.Iceberg.Catalogs;

/// <summary>What every catalog must do: the SQLite one itself, and the same one through the REST endpoint and client, with OAuth2 between.</summary>
[TestClass]
public sealed class CatalogTests
{
    private const string Rows10 = "SELECT 'e' || range AS event_id, range AS amount_minor FROM range(10)";

    [TestMethod]
    [DataRow("sqlite")]
    [DataRow("rest")]
    public async Task Commit_ThroughAnyCatalog_RowsAndOffsetsAreThere(string kind)
    {
        await using var room = await CatalogRoom.OpenAsync(kind);
        await room.Catalog.CreateNamespaceAsync(new TableNamespace("silver", "a b"));
        var first = await room.Catalog.CreateTableAsync(new TableIdentifier(new TableNamespace("silver", "a b"), "ünï☃"), new TableDefinition(Lake.Charges));
        var second = await room.Catalog.CreateTableAsync(new TableIdentifier("bronze", "second"), new TableDefinition(Lake.Charges));
        var offsets = SourceOffsets.None.With("t", 0, 10);
        var transaction = new LakeTransaction(room.Catalog, room.Lake.Clock);
        transaction.For(first).Append(await DataFileWriter.WriteAsync(first, room.Lake.Connection, Rows10)).AdvanceOffsets(SourceOffsets.None, offsets);
        transaction.For(second).Append(await DataFileWriter.WriteAsync(second, room.Lake.Connection, Rows10)).AdvanceOffsets(SourceOffsets.None, offsets);

        var tables = await transaction.CommitAsync();

        Assert.AreEqual(10, await room.Lake.CountAsync(tables[0]));
        Assert.AreEqual(10, await room.Lake.CountAsync(await room.Catalog.LoadTableAsync(second.Identifier)));
        Assert.AreEqual(offsets, SourceOffsets.Of((await room.Catalog.LoadTableAsync(first.Identifier)).Metadata));
    }

    [TestMethod]
    [DataRow("sqlite")]
    [DataRow("rest")]
    public async Task Commit_StaleTable_IsRebased(string kind)
    {
        await using var room = await CatalogRoom.OpenAsync(kind);
        var stale = await room.Catalog.CreateTableAsync(new TableIdentifier("bronze", "t"), new TableDefinition(Lake.Charges));
        for (var append = 0; append < 2; append++)
        {
            var transaction = new LakeTransaction(room.Catalog, room.Lake.Clock);
            transaction.For(stale).Append(await DataFileWriter.WriteAsync(stale, room.Lake.Connection, Rows10));
            await transaction.CommitAsync();
        }

        Assert.AreEqual(20, await room.Lake.CountAsync(await room.Catalog.LoadTableAsync(stale.Identifier)));
    }

    [TestMethod]
    [DataRow("sqlite")]
    [DataRow("rest")]
    public async Task Names_LifeOfNamespacesAndTables_IsAsTheCatalogSays(string kind)
    {
        await using var room = await CatalogRoom.OpenAsync(kind);
        var catalog = room.Catalog;
        await catalog.CreateNamespaceAsync(new TableNamespace("bronze", "inner"), new Dictionary<string, string> { ["owner"] = "o" });
        await catalog.UpdateNamespaceAsync(new TableNamespace("bronze", "inner"), ["owner"], new Dictionary<string, string> { ["k"] = "v" });
        var made = await catalog.CreateTableAsync(new TableIdentifier("bronze", "one"), new TableDefinition(Lake.Charges));
        await catalog.RenameTableAsync(made.Identifier, new TableIdentifier("bronze", "two"));

        CollectionAssert.AreEqual(new[] { "two" }, (await catalog.ListTablesAsync(Lake.Space)).Select(table => table.Name).ToArray());
        Assert.AreEqual("bronze.inner", (await catalog.ListNamespacesAsync(Lake.Space)).Single().ToString());
        Assert.AreEqual("k=v", string.Join(',', (await catalog.LoadNamespaceAsync(new TableNamespace("bronze", "inner"))).Select(pair => $"{pair.Key}={pair.Value}")));
        await RefusedAsync(IcebergFailure.NoSuchTable, () => catalog.LoadTableAsync(made.Identifier));
        await RefusedAsync(IcebergFailure.NoSuchNamespace, () => catalog.ListTablesAsync(new TableNamespace("nowhere")));
        await RefusedAsync(IcebergFailure.AlreadyExists, () => catalog.CreateTableAsync(new TableIdentifier("bronze", "two"), new TableDefinition(Lake.Charges)));
        await RefusedAsync(IcebergFailure.NamespaceNotEmpty, () => catalog.DropNamespaceAsync(Lake.Space));

        await catalog.DropTableAsync(new TableIdentifier("bronze", "two"));
        var back = await catalog.RegisterTableAsync(new TableIdentifier("bronze", "back"), made.MetadataLocation);
        Assert.AreEqual(made.Metadata.TableUuid, back.Metadata.TableUuid);
        await catalog.DropTableAsync(back.Identifier, purge: true);
        Assert.IsFalse(room.Lake.Files().Any());
    }

    [TestMethod]
    public async Task Send_WrongSecret_IsRefusedWithoutNamingIt()
    {
        await using var room = await CatalogRoom.OpenAsync("rest", "client:wrong-secret");

        var refusal = await Assert.ThrowsExactlyAsync<IcebergException>(() => room.Catalog.ListNamespacesAsync());

        Assert.AreEqual(IcebergFailure.NotAuthorised, refusal.Failure);
        Assert.DoesNotContain("wrong-secret", refusal.ToString());
    }

    [TestMethod]
    public async Task Commit_AnswerIsLost_IsFoundToHaveHappened()
    {
        await using var room = await CatalogRoom.OpenAsync("rest");
        var table = await room.Catalog.CreateTableAsync(new TableIdentifier("bronze", "t"), new TableDefinition(Lake.Charges));
        var files = await DataFileWriter.WriteAsync(table, room.Lake.Connection, Rows10);
        room.LosesNextCommitAnswer = true;
        var transaction = new LakeTransaction(room.Catalog, room.Lake.Clock);
        transaction.For(table).Append(files);

        var committed = (await transaction.CommitAsync())[0];

        Assert.AreEqual(10, await room.Lake.CountAsync(committed));
        Assert.HasCount(1, committed.Metadata.Snapshots);
    }

    [TestMethod]
    public async Task Commit_LocationOutsideTheWarehouse_IsRefused()
    {
        using var lake = new Lake();
        var definition = new TableDefinition(Lake.Charges) { Location = "file:///etc/recoup" };

        await RefusedAsync(IcebergFailure.Invalid, () => lake.Catalog.CreateTableAsync(new TableIdentifier("bronze", "t"), definition));
        await RefusedAsync(IcebergFailure.Invalid, () => lake.Catalog.CreateTableAsync(
            new TableIdentifier("bronze", "t"), definition with { Location = $"{lake.Storage.Warehouse}/../elsewhere" }));
    }

    [TestMethod]
    public async Task Open_FileOfJavasOlderLayout_TablesAreFound()
    {
        using var lake = new Lake();
        var table = await lake.CreateAsync("charges");
        using (var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={lake.CatalogPath};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "ALTER TABLE iceberg_tables DROP COLUMN iceberg_type";
            command.ExecuteNonQuery();
        }

        using var catalog = new SqliteCatalog(lake.CatalogPath, lake.Storage, lake.Clock);

        Assert.AreEqual(table.Metadata.TableUuid, (await catalog.LoadTableAsync(table.Identifier)).Metadata.TableUuid);
    }

    [TestMethod]
    public async Task Commit_TwoProcessesOnOneFile_EveryAppendArrives()
    {
        using var lake = new Lake();
        using var other = new SqliteCatalog(lake.CatalogPath, lake.Storage, lake.Clock);
        var table = await lake.CreateAsync("charges");
        var files = new List<Recoup.Lakehouse.Iceberg.Manifests.DataFile>();
        for (var writer = 0; writer < 6; writer++)
        {
            files.AddRange(await DataFileWriter.WriteAsync(table, lake.Connection, Rows10));
        }

        await Task.WhenAll(files.Select((file, writer) => Task.Run(async () =>
        {
            var transaction = new LakeTransaction(writer % 2 is 0 ? lake.Catalog : other, TimeProvider.System);
            transaction.For(table).Append([file]);
            await transaction.CommitAsync();
        })));

        Assert.AreEqual(60, await lake.CountAsync(await lake.LoadAsync("charges")));
        Assert.AreEqual(60, await lake.CountAsync(await other.LoadTableAsync(table.Identifier)));
    }

    private static async Task RefusedAsync(IcebergFailure expected, Func<Task> call) =>
        Assert.AreEqual(expected, (await Assert.ThrowsExactlyAsync<IcebergException>(call)).Failure);
}

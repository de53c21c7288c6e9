using Microsoft.Extensions.DependencyInjection;
using Orleans.TestingHost;
using Recoup.Storage.Sqlite.Reminders;

namespace Recoup.Storage.Sqlite.Tests;

[TestClass]
public sealed class SqliteRemindersTests
{
    private static readonly GrainId Grain = GrainId.Create("note", "a");

    [TestMethod]
    public async Task Table_EveryQuery_DoesWhatOrleansExpects()
    {
        var folder = Directory.CreateTempSubdirectory("recoup-reminders-");
        var path = Path.Combine(folder.FullName, "reminders.db");
        try
        {
            await UseTableAsync(path, KeepAndChangeAsync);
            await UseTableAsync(path, FindAgainAndRemoveAsync);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task UseTableAsync(string path, Func<IReminderTable, Task> use)
    {
        var builder = new InProcessTestClusterBuilder(1);
        builder.Options.ServiceId = "reminders"; // Reminders belong to a service, and a test cluster makes its own name.
        builder.ConfigureSilo((_, silo) => silo.AddSqliteReminders(path));
        await using var cluster = builder.Build();
        await cluster.DeployAsync();
        await use(cluster.Silos[0].ServiceProvider.GetRequiredService<IReminderTable>());
        await cluster.StopAllSilosAsync();
    }

    private static async Task KeepAndChangeAsync(IReminderTable table)
    {
        var first = await table.UpsertRow(EntryOf("daily", TimeSpan.FromHours(24)));
        var second = await table.UpsertRow(EntryOf("daily", TimeSpan.FromHours(12)));
        await table.UpsertRow(EntryOf("hourly", TimeSpan.FromHours(1)));

        Assert.AreNotEqual(first, second);
        Assert.IsFalse(await table.RemoveRow(Grain, "daily", first!), "An old etag must not remove.");
    }

    private static async Task FindAgainAndRemoveAsync(IReminderTable table)
    {
        var daily = await table.ReadRow(Grain, "daily");
        Assert.AreEqual(TimeSpan.FromHours(12), daily!.Period);
        Assert.AreEqual(new DateTime(2026, 11, 23, 9, 30, 0, DateTimeKind.Utc), daily.StartAt);
        Assert.HasCount(2, (await table.ReadRows(Grain)).Reminders);

        var hash = Grain.GetUniformHashCode();
        Assert.HasCount(2, (await table.ReadRows(hash - 1, hash)).Reminders);
        Assert.IsEmpty((await table.ReadRows(hash, hash + 1)).Reminders);
        Assert.HasCount(2, (await table.ReadRows(hash + 1, hash)).Reminders, "A range over the end of the ring.");

        Assert.IsTrue(await table.RemoveRow(Grain, "daily", daily.ETag!));
        Assert.HasCount(1, (await table.ReadRows(Grain)).Reminders);
        await table.TestOnlyClearTable();
        Assert.IsEmpty((await table.ReadRows(Grain)).Reminders);
    }

    private static ReminderEntry EntryOf(string name, TimeSpan period) => new()
    {
        GrainId = Grain,
        ReminderName = name,
        StartAt = new DateTime(2026, 11, 23, 9, 30, 0, DateTimeKind.Utc),
        Period = period,
    };
}

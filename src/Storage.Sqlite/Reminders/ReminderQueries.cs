namespace Recoup.Storage.Sqlite.Reminders;

/// <summary>
/// What Orleans' ADO.NET reminder table asks of a database: seven queries, found by their keys in the table <c>OrleansQuery</c>. Names of keys,
/// parameters and columns are Orleans' contract (Orleans documentation, ADO.NET configuration); the SQL is SQLite's.
/// </summary>
internal static class ReminderQueries
{
    public const string Schema = """
        pragma journal_mode=wal;
        pragma synchronous=full;
        create table if not exists OrleansQuery (QueryKey text primary key, QueryText text not null);
        create table if not exists OrleansRemindersTable (
          ServiceId text not null,
          GrainId text not null,
          ReminderName text not null,
          StartTime text not null,
          Period integer not null,
          GrainHash integer not null,
          Version integer not null,
          primary key (ServiceId, GrainId, ReminderName)
        );
        create index if not exists OrleansRemindersTable_hash on OrleansRemindersTable (ServiceId, GrainHash);
        """;

    private const string Reminder = "select GrainId, ReminderName, StartTime, Period, Version from OrleansRemindersTable where ServiceId = @ServiceId";

    public static IReadOnlyDictionary<string, string> ByKey { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["UpsertReminderRowKey"] = """
            insert into OrleansRemindersTable (ServiceId, GrainId, ReminderName, StartTime, Period, GrainHash, Version)
            values (@ServiceId, @GrainId, @ReminderName, @StartTime, @Period, @GrainHash, 0)
            on conflict (ServiceId, GrainId, ReminderName) do update
            set StartTime = excluded.StartTime, Period = excluded.Period, GrainHash = excluded.GrainHash, Version = Version + 1
            returning Version
            """,
        ["ReadReminderRowKey"] = $"{Reminder} and GrainId = @GrainId and ReminderName = @ReminderName",
        ["ReadReminderRowsKey"] = $"{Reminder} and GrainId = @GrainId",
        // The ring of hashes: a range that does not pass its end, and one that does.
        ["ReadRangeRows1Key"] = $"{Reminder} and GrainHash > @BeginHash and GrainHash <= @EndHash",
        ["ReadRangeRows2Key"] = $"{Reminder} and (GrainHash > @BeginHash or GrainHash <= @EndHash)",
        ["DeleteReminderRowKey"] = """
            delete from OrleansRemindersTable
            where ServiceId = @ServiceId and GrainId = @GrainId and ReminderName = @ReminderName and Version = @Version;
            select changes()
            """,
        ["DeleteReminderRowsKey"] = "delete from OrleansRemindersTable where ServiceId = @ServiceId",
    };
}

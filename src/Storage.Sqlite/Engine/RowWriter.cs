namespace Recoup.Storage.Sqlite.Engine;

/// <summary>The statements of the one writing connection. Every call happens inside the transaction that the commit loop has begun.</summary>
internal sealed class RowWriter : IDisposable
{
    private readonly Statement insert;
    private readonly Statement update;
    private readonly Statement delete;
    private readonly Statement select;
    private readonly Statement raise;
    private long savedWatermark;
    private long watermark;

    public RowWriter(Database database)
    {
        insert = database.Prepare(
            """
            insert into grain_state (grain_key, grain_type, state_name, version, attention_at, updated_at, payload)
            values (?1, ?2, ?3, ?4, ?5, ?6, ?7) on conflict do nothing
            """);
        update = database.Prepare(
            """
            update grain_state set version = version + 1, attention_at = ?5, updated_at = ?6, payload = ?7
            where grain_key = ?1 and grain_type = ?2 and state_name = ?3 and version = ?4
            """);
        delete = database.Prepare("delete from grain_state where grain_key = ?1 and grain_type = ?2 and state_name = ?3 and version = ?4");
        select = database.Prepare("select version from grain_state where grain_key = ?1 and grain_type = ?2 and state_name = ?3");
        raise = database.Prepare("update deleted_version set highest = ?1");
        savedWatermark = watermark = database.Number("select highest from deleted_version");
    }

    /// <summary>Carries out one write; a stale one changes nothing, and does not disturb the others of its commit.</summary>
    public WriteOutcome Apply(PendingWrite write) => (write.Payload, write.Version) switch
    {
        ({ } payload, null) => Insert(write, payload.Span),
        ({ } payload, { } version) => Update(write, payload.Span, version),
        (null, { } version) => Delete(write, version),
        (null, null) => Absent(write),
    };

    /// <summary>Makes the highest deleted version part of the transaction. Called once, last.</summary>
    public void SaveWatermark()
    {
        if (watermark != savedWatermark)
        {
            raise.Bind(1, watermark);
            raise.Run();
        }
    }

    public void Committed() => savedWatermark = watermark;

    public void RolledBack() => watermark = savedWatermark;

    public void Dispose()
    {
        foreach (var statement in new[] { insert, update, delete, select, raise })
        {
            statement.Dispose();
        }
    }

    private WriteOutcome Insert(PendingWrite write, ReadOnlySpan<byte> payload)
    {
        var version = watermark + 1;
        BindState(insert, write, version, payload);
        return insert.Run() == 1 ? new(false, version) : Stale(write);
    }

    private WriteOutcome Update(PendingWrite write, ReadOnlySpan<byte> payload, long version)
    {
        BindState(update, write, version, payload);
        return update.Run() == 1 ? new(false, version + 1) : Stale(write);
    }

    private WriteOutcome Delete(PendingWrite write, long version)
    {
        write.Key.BindTo(delete, 1);
        delete.Bind(4, version);
        if (delete.Run() == 0)
        {
            return Stale(write);
        }

        watermark = Math.Max(watermark, version);
        return new(false, 0);
    }

    /// <summary>Deleting what was never there is done at once; deleting blindly what is there is stale.</summary>
    private WriteOutcome Absent(PendingWrite write)
    {
        var stored = StoredVersion(write.Key);
        return new(stored != 0, stored);
    }

    private WriteOutcome Stale(PendingWrite write) => new(true, StoredVersion(write.Key));

    private long StoredVersion(RowKey key)
    {
        key.BindTo(select, 1);
        try
        {
            return select.Step() ? select.Number(0) : 0;
        }
        finally
        {
            select.Reset();
        }
    }

    private static void BindState(Statement statement, PendingWrite write, long version, ReadOnlySpan<byte> payload)
    {
        write.Key.BindTo(statement, 1);
        statement.Bind(4, version);
        statement.Bind(5, write.AttentionAt);
        statement.Bind(6, write.UpdatedAt);
        statement.Bind(7, payload);
    }
}

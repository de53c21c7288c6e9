namespace Recoup.Storage.Sqlite.Engine;

/// <summary>One reading connection with its statements. Reads see what is committed, and never wait for the writer.</summary>
internal sealed class RowReader : IDisposable
{
    private readonly Database database;
    private readonly Statement select;
    private readonly Statement due;

    public RowReader(string path)
    {
        database = Database.OpenReader(path);
        select = database.Prepare("select version, payload from grain_state where grain_key = ?1 and grain_type = ?2 and state_name = ?3");
        due = database.Prepare(
            """
            select grain_type, grain_key, state_name, attention_at, position from grain_state
            where attention_at is not null and attention_at <= ?1 and (attention_at, position) > (?2, ?3)
            order by attention_at, position limit ?4
            """);
    }

    /// <summary>The row's version and a copy of its payload; null when there is none.</summary>
    public (long Version, byte[] Payload)? Read(RowKey key)
    {
        key.BindTo(select, 1);
        try
        {
            return select.Step() ? (select.Number(0), select.Bytes(1).ToArray()) : null;
        }
        finally
        {
            select.Reset();
        }
    }

    public IReadOnlyList<DueGrain> FindDue(DateTimeOffset until, int limit, DueGrain? after)
    {
        due.Bind(1, until.ToUnixTimeMilliseconds());
        due.Bind(2, after?.AttentionAt.ToUnixTimeMilliseconds() ?? long.MinValue);
        due.Bind(3, after?.Position ?? 0);
        due.Bind(4, (long)limit);
        try
        {
            var found = new List<DueGrain>();
            while (due.Step())
            {
                var grainId = GrainId.Create(due.Text(0), due.Text(1));
                found.Add(new(grainId, due.Text(2), DateTimeOffset.FromUnixTimeMilliseconds(due.Number(3)), due.Number(4)));
            }

            return found;
        }
        finally
        {
            due.Reset();
        }
    }

    public void Dispose()
    {
        select.Dispose();
        due.Dispose();
        database.Dispose();
    }
}

using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Recoup.Embedded.Temporal.Runs;

namespace Recoup.Embedded.Temporal.Storage;

/// <summary>Reads of what is committed, and the way to the writer. Safe for use by many at once.</summary>
internal sealed class Store : IAsyncDisposable
{
    private readonly ConcurrentBag<SqliteConnection> readers = [];
    private readonly string path;
    private readonly StoreWriter writer;
    private readonly FileStream held;
    private long lastKey;

    private Store(string path, FileStream held, StoreWriter writer, long lastKey)
    {
        this.path = path;
        this.held = held;
        this.writer = writer;
        this.lastKey = lastKey;
    }

    /// <summary>Opens or creates the file. Only one process may have it.</summary>
    /// <exception cref="IOException">Another process holds it, or it cannot be written.</exception>
    public static Store Open(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var held = new FileStream(path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        try
        {
            var connection = Schema.OpenForWriting(path);
            Schema.Create(connection);
            using var command = connection.CreateCommand();
            command.CommandText = "SELECT coalesce(max(run_key), 0) FROM runs";
            return new Store(path, held, new StoreWriter(connection), (long)command.ExecuteScalar()!);
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    public NewRun NewRun() => new(Interlocked.Increment(ref lastKey), Guid.CreateVersion7().ToString());

    public Task WriteAsync(IReadOnlyList<RunWrite> writes) => writer.WriteAsync(writes);

    public Task WriteAsync(Action<SqliteConnection> write) => writer.WriteAsync(write);

    /// <summary>Runs a query and reads each row; the parameters are named $0, $1 and so on.</summary>
    public List<T> Query<T>(string sql, Func<SqliteDataReader, T> read, params object[] parameters)
    {
        var connection = readers.TryTake(out var free) ? free : OpenReader();
        try
        {
            using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Values come as parameters; texts are constants or made by the query translator, which quotes names that it knows.
            command.CommandText = sql;
#pragma warning restore CA2100
            for (var index = 0; index < parameters.Length; index++)
            {
                command.Parameters.AddWithValue("$" + index.ToString(CultureInfo.InvariantCulture), parameters[index]);
            }

            using var reader = command.ExecuteReader();
            var rows = new List<T>();
            while (reader.Read())
            {
                rows.Add(read(reader));
            }

            return rows;
        }
        finally
        {
            readers.Add(connection);
        }
    }

    /// <summary>The run with this id, or the newest of the workflow id when none is given; null if there is none.</summary>
    public RunReference? Find(ExecutionKey execution, string runId)
    {
        const string Columns = "SELECT run_key, run_id, status FROM runs WHERE namespace = $0 AND workflow_id = $1";
        RunReference Read(SqliteDataReader row) => new(row.GetInt64(0), execution, row.GetString(1), (WorkflowExecutionStatus)row.GetInt32(2));
        var found = runId.Length == 0
            ? Query(Columns + " ORDER BY run_key DESC LIMIT 1", Read, execution.Namespace, execution.WorkflowId)
            : Query(Columns + " AND run_id = $2", Read, execution.Namespace, execution.WorkflowId, runId);
        return found.SingleOrDefault();
    }

    public ExecutionKey? ExecutionOf(long key) =>
        Query("SELECT namespace, workflow_id FROM runs WHERE run_key = $0", row => (ExecutionKey?)new ExecutionKey(row.GetString(0), row.GetString(1)), key).SingleOrDefault();

    public RunState? Load(long key)
    {
        var run = Query(
            "SELECT s.state, r.memo, r.search_attributes FROM run_states s JOIN runs r USING (run_key) WHERE run_key = $0",
            row =>
            {
                var state = RunStateCodec.Read((byte[])row[0]);
                state.Memo = row.IsDBNull(1) ? null : Memo.Parser.ParseFrom((byte[])row[1]);
                state.SearchAttributes = row.IsDBNull(2) ? null : SearchAttributes.Parser.ParseFrom((byte[])row[2]);
                return state;
            },
            key).SingleOrDefault();
        if (run?.Retry is not null)
        {
            run.StartedEvent = ReadEvent(key, 1);
        }

        return run;
    }

    /// <summary>The events from one id to another, both included.</summary>
    public List<HistoryEvent> ReadEvents(long key, long firstEventId, long lastEventId)
    {
        var events = new List<HistoryEvent>();
        foreach (var part in Query(
            "SELECT events FROM history WHERE run_key = $0 AND first_event_id <= $2 AND last_event_id >= $1 ORDER BY first_event_id",
            row => (byte[])row[0],
            key,
            firstEventId,
            lastEventId))
        {
            events.AddRange(History.Parser.ParseFrom(part).Events.Where(read => read.EventId >= firstEventId && read.EventId <= lastEventId));
        }

        return events;
    }

    public HistoryEvent ReadEvent(long key, long eventId) => ReadEvents(key, eventId, eventId) is [var read]
        ? read
        : throw new InvalidDataException($"Event {eventId} of run {key} is missing in the store.");

    public async ValueTask DisposeAsync()
    {
        await writer.DisposeAsync();
        foreach (var reader in readers)
        {
            await reader.DisposeAsync();
        }

        await held.DisposeAsync();
    }

    private SqliteConnection OpenReader()
    {
        var connection = Schema.OpenForReading(path);
        Visibility.TextSearch.Register(connection);
        return connection;
    }
}

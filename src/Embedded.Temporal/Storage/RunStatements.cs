using Microsoft.Data.Sqlite;

namespace Recoup.Embedded.Temporal.Storage;

/// <summary>The prepared statements by which the writer saves changes of runs.</summary>
internal sealed class RunStatements : IDisposable
{
    private readonly SqliteCommand state;
    private readonly SqliteCommand history;
    private readonly SqliteCommand visibility;

    public RunStatements(SqliteConnection connection)
    {
        state = Prepare(
            connection,
            "INSERT INTO run_states VALUES ($key, $due, $undelivered, $state) ON CONFLICT (run_key) DO UPDATE SET due_at = $due, undelivered = $undelivered, state = $state",
            "$key",
            "$due",
            "$undelivered",
            "$state");
        history = Prepare(connection, "INSERT INTO history VALUES ($key, $first, $last, $events)", "$key", "$first", "$last", "$events");
        visibility = Prepare(
            connection,
            """
            INSERT INTO runs VALUES ($key, $namespace, $workflow, $run, $type, $queue, $status, $started, $execution, $closed, $order, $length, $bytes, $memo, $sa, $json)
            ON CONFLICT (run_key) DO UPDATE SET status = $status, closed_at = $closed, close_order = $order, history_length = $length,
                history_bytes = $bytes, memo = $memo, search_attributes = $sa, attributes = $json
            """,
            "$key", "$namespace", "$workflow", "$run", "$type", "$queue", "$status", "$started", "$execution", "$closed", "$order", "$length", "$bytes", "$memo", "$sa", "$json");
    }

    public void Enlist(SqliteTransaction transaction) => state.Transaction = history.Transaction = visibility.Transaction = transaction;

    public void Write(RunWrite write)
    {
        Run(state, write.Key, write.DueAt?.Ticks, write.Undelivered ? 1 : 0, write.State);
        if (write.Events.Length > 0)
        {
            Run(history, write.Key, write.FirstEventId, write.LastEventId, write.Events);
        }

        if (write.Visibility is { } row)
        {
            Run(
                visibility,
                row.Key, row.Namespace, row.WorkflowId, row.RunId, row.WorkflowType, row.TaskQueue, (int)row.Status, row.StartedAt.Ticks, row.ExecutionAt.Ticks,
                row.ClosedAt?.Ticks, row.ClosedAt?.Ticks ?? DateTime.MaxValue.Ticks, row.HistoryLength, row.HistoryBytes, row.Memo, row.SearchAttributes, row.AttributesJson);
        }
    }

    public void Dispose()
    {
        state.Dispose();
        history.Dispose();
        visibility.Dispose();
    }

    private static SqliteCommand Prepare(SqliteConnection connection, string sql, params string[] parameters)
    {
        var command = connection.CreateCommand();
#pragma warning disable CA2100 // The texts are the constants above.
        command.CommandText = sql;
#pragma warning restore CA2100
        foreach (var name in parameters)
        {
            command.Parameters.Add(new SqliteParameter { ParameterName = name });
        }

        command.Prepare();
        return command;
    }

    private static void Run(SqliteCommand command, params object?[] values)
    {
        for (var index = 0; index < values.Length; index++)
        {
            command.Parameters[index].Value = values[index] ?? DBNull.Value;
        }

        command.ExecuteNonQuery();
    }
}

using Microsoft.Data.Sqlite;

namespace Recoup.Embedded.Temporal.Storage;

/// <summary>Takes closed runs out of the store when their time is over, a few at a time.</summary>
internal static class Retention
{
    private const int AtOnceMax = 500;

    /// <returns>How many were taken out.</returns>
    public static async Task<int> SweepAsync(Store store, DateTime closedBefore, CancellationToken cancelled)
    {
        var deleted = 0;
        while (!cancelled.IsCancellationRequested)
        {
            var keys = store.Query("SELECT run_key FROM runs WHERE closed_at < $0 LIMIT $1", row => row.GetInt64(0), closedBefore.Ticks, AtOnceMax);
            if (keys.Count == 0)
            {
                break;
            }

            await store.WriteAsync(connection => Delete(connection, keys));
            deleted += keys.Count;
        }

        return deleted;
    }

    public static void Delete(SqliteConnection connection, IReadOnlyList<long> keys)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "DELETE FROM history WHERE run_key = $key; DELETE FROM run_states WHERE run_key = $key; DELETE FROM runs WHERE run_key = $key";
        var parameter = command.Parameters.Add("$key", SqliteType.Integer);
        foreach (var key in keys)
        {
            parameter.Value = key;
            command.ExecuteNonQuery();
        }
    }
}

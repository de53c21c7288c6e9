using Microsoft.Data.Sqlite;

namespace Recoup.Embedded.Temporal.Storage;

/// <summary>What the server knows beside runs: namespaces and registered search attributes.</summary>
internal sealed class Settings(Store store)
{
    public Dictionary<string, IndexedValueType> SearchAttributes() =>
        store.Query("SELECT name, type FROM search_attributes", row => (row.GetString(0), (IndexedValueType)row.GetInt32(1))).ToDictionary(each => each.Item1, each => each.Item2, StringComparer.Ordinal);

    public Dictionary<string, string> Namespaces() =>
        store.Query("SELECT name, id FROM namespaces", row => (row.GetString(0), row.GetString(1))).ToDictionary(each => each.Item1, each => each.Item2, StringComparer.Ordinal);

    public Task AddNamespaceAsync(string name) => store.WriteAsync(connection =>
        Run(connection, "INSERT INTO namespaces VALUES ($0, $1) ON CONFLICT DO NOTHING", name, Guid.NewGuid().ToString()));

    public Task RegisterAsync(IEnumerable<KeyValuePair<string, IndexedValueType>> attributes) => store.WriteAsync(connection =>
    {
        foreach (var (name, type) in attributes)
        {
            Run(connection, "INSERT INTO search_attributes VALUES ($0, $1) ON CONFLICT (name) DO UPDATE SET type = $1", name, (int)type);
        }
    });

    public Task UnregisterAsync(IReadOnlyList<string> names) => store.WriteAsync(connection =>
    {
        foreach (var name in names)
        {
            Run(connection, "DELETE FROM search_attributes WHERE name = $0", name);
        }
    });

    private static void Run(SqliteConnection connection, string sql, params object[] parameters)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The texts are the constants above.
        command.CommandText = sql;
#pragma warning restore CA2100
        for (var index = 0; index < parameters.Length; index++)
        {
            command.Parameters.AddWithValue($"${index}", parameters[index]);
        }

        command.ExecuteNonQuery();
    }
}

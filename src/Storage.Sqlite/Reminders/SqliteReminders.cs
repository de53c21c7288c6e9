using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Recoup.Storage.Sqlite.Reminders;

/// <summary>Reminders on SQLite through Orleans' own ADO.NET table. They are few and slow by nature, so a plain commit each is enough.</summary>
public static class SqliteReminders
{
    /// <summary>The name under which Orleans loads Microsoft.Data.Sqlite.</summary>
    private const string Invariant = "System.Data.SQLite";

    /// <summary>Keeps reminders in a file of their own: ADO.NET's connections would stand in the grain storage's way.</summary>
    public static ISiloBuilder AddSqliteReminders(this ISiloBuilder builder, string path)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var connectionString = new SqliteConnectionStringBuilder { DataSource = path, DefaultTimeout = 30 }.ToString();
        builder.UseAdoNetReminderService(options =>
        {
            options.Invariant = Invariant;
            options.ConnectionString = connectionString;
        });
        builder.Services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(new ReminderFile(connectionString));
        return builder;
    }

    /// <summary>Creates the tables before Orleans looks for them, and lets go of the file at the end.</summary>
    private sealed class ReminderFile(string connectionString) : ILifecycleParticipant<ISiloLifecycle>
    {
        public void Participate(ISiloLifecycle lifecycle) => lifecycle.Subscribe(
            nameof(SqliteReminders), ServiceLifecycleStage.RuntimeInitialize, CreateAsync, _ => CloseAsync());

        private async Task CreateAsync(CancellationToken cancellationToken)
        {
            await using var connection = new SqliteConnection(connectionString);
            await connection.OpenAsync(cancellationToken);
            await using var command = connection.CreateCommand();
            command.CommandText = ReminderQueries.Schema;
            await command.ExecuteNonQueryAsync(cancellationToken);
            command.CommandText = "insert into OrleansQuery values ($key, $text) on conflict (QueryKey) do update set QueryText = excluded.QueryText";
            foreach (var (key, text) in ReminderQueries.ByKey)
            {
                command.Parameters.Clear();
                command.Parameters.AddWithValue("$key", key);
                command.Parameters.AddWithValue("$text", text);
                await command.ExecuteNonQueryAsync(cancellationToken);
            }
        }

        private Task CloseAsync()
        {
            using var connection = new SqliteConnection(connectionString);
            SqliteConnection.ClearPool(connection);
            return Task.CompletedTask;
        }
    }
}

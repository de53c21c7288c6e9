using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Recoup.Pipeline.Reconciliation;

namespace Recoup.Silo.Pipeline;

/// <summary>
/// Reads the grains' rows from their file beside the running silo: one statement is one moment, and a reader waits for no writer. An event that is
/// in the state and not in the outbox any more was acknowledged by the log, and both are one write: this holds after a crash at any point.
/// </summary>
internal sealed class SqliteGrainBooks(string file) : IGrainBooks
{
    private const string Payments =
        """
        select payload ->> '$.payment_id' as book,
          (payload ->> '$.event_count') - json_array_length(payload, '$.outbox') as published,
          payload ->> '$.command.currency' as currency,
          payload ->> '$.command.amount_minor' as amount_minor,
          payload ->> '$.paid_elsewhere_at' is not null
            or exists (select 1 from json_each(payload, '$.attempts') as attempt where attempt.value ->> '$.outcome' = 'succeeded') as is_collected
        from grain_state
        where grain_type = 'payment' and state_name = 'payment' and payload ->> '$.command' is not null
        order by book
        """;

    private const string Subscriptions =
        """
        select record.value ->> '$.subscription.subscription_id' as book,
          (record.value ->> '$.event_count') - (
            select count(*) from json_each(payload, '$.outbox') as waiting
            where waiting.value ->> '$.key' = record.value ->> '$.subscription.subscription_id') as published,
          record.value ->> '$.subscription.currency' as currency,
          0 as amount_minor,
          false as is_collected
        from grain_state, json_each(payload, '$.subscriptions') as record
        where grain_type = 'customer' and state_name = 'customer'
        order by book
        """;

    private readonly string connection = new SqliteConnectionStringBuilder { DataSource = file, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString();

    public IAsyncEnumerable<GrainBook> ReadPaymentsAsync(CancellationToken cancellation) => ReadAsync(Payments, cancellation);

    public IAsyncEnumerable<GrainBook> ReadSubscriptionsAsync(CancellationToken cancellation) => ReadAsync(Subscriptions, cancellation);

    private async IAsyncEnumerable<GrainBook> ReadAsync(string sql, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var database = new SqliteConnection(connection);
        await database.OpenAsync(cancellation);
        await using var command = database.CreateCommand();
        command.CommandText = sql;
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        while (await rows.ReadAsync(cancellation))
        {
            var published = rows.GetInt64(1);
            if (published > 0)
            {
                yield return new GrainBook(rows.GetString(0), published, rows.GetString(2), rows.GetInt64(3), rows.GetBoolean(4));
            }
        }
    }
}

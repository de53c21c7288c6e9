using Microsoft.Data.Sqlite;

namespace Recoup.Payments.Bench.Storage;

/// <summary>What stands in the silo's file: the count of durable results that no process can talk up.</summary>
internal sealed class GrainFile : IDisposable
{
    private readonly SqliteConnection connection;

    public GrainFile(string path)
    {
        connection = new(new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
        connection.Open();
    }

    /// <summary>Payments whose first attempt has no result on disk. They all have an attention time, and few others do, so this reads few rows.</summary>
    public long UnattemptedPayments() => Number(
        """
        select count(*) from grain_state
        where attention_at is not null and state_name = 'payment' and json_extract(payload, '$.status') in ('submitted', 'charging')
        """);

    /// <summary>Payments by status.</summary>
    public IReadOnlyDictionary<string, long> PaymentsByStatus()
    {
        using var command = connection.CreateCommand();
        command.CommandText = "select json_extract(payload, '$.status'), count(*) from grain_state where state_name = 'payment' group by 1";
        using var reader = command.ExecuteReader();
        var counts = new Dictionary<string, long>();
        while (reader.Read())
        {
            counts[reader.GetString(0)] = reader.GetInt64(1);
        }

        return counts;
    }

    /// <summary>Payments of which the recovery workflow has made at least one decision.</summary>
    public long DecidedPayments() => Number(
        "select count(*) from grain_state where state_name = 'payment' and json_array_length(payload, '$.decisions') > 0");

    /// <summary>A row's version counts its writes, from 1.</summary>
    public (long Payments, long MostOfOnePayment, long All) Writes() => (
        Number("select coalesce(sum(version), 0) from grain_state where state_name = 'payment'"),
        Number("select coalesce(max(version), 0) from grain_state where state_name = 'payment'"),
        Number("select coalesce(sum(version), 0) from grain_state"));

    public void Dispose() => connection.Dispose();

    private long Number(string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)command.ExecuteScalar()!;
    }
}

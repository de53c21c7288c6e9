using System.Globalization;
using System.Threading.Channels;
using Microsoft.Data.Sqlite;

namespace Recoup.Gateways.Simulated.Ledger;

/// <summary>
/// The processor's books in a file of their own, with one writer: what is asked at the same time shares a commit, and nobody is answered before it.
/// </summary>
internal sealed class GatewayLedger : IDisposable
{
    private const int BatchMax = 512;

    private readonly Channel<ILedgerWork> queue = Channel.CreateUnbounded<ILedgerWork>(new UnboundedChannelOptions { SingleReader = true });
    private readonly SqliteConnection connection;
    private readonly LedgerBook book;
    private readonly Thread writer;

    private GatewayLedger(string path, SqliteConnection connection)
    {
        Path = path;
        this.connection = connection;
        Deeds = DeedTable.Load(connection);
        book = new LedgerBook(connection);
        writer = new Thread(WriteBatches) { IsBackground = true, Name = "gateway ledger" };
    }

    public string Path { get; }

    public DeedTable Deeds { get; }

    public int Seed { get; private init; }

    /// <summary>Opens or makes the file. The seed of a file never changes, so that a restart finds the same world.</summary>
    /// <param name="path">The file.</param>
    /// <param name="seed">Null: the file's own, or for a new file a random one.</param>
    /// <exception cref="InvalidDataException">The file is damaged or is no ledger.</exception>
    /// <exception cref="InvalidOperationException">The file was made with another seed.</exception>
    public static GatewayLedger Open(string path, int? seed)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path))!);
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        try
        {
            connection.Open();
            Execute(connection, LedgerSchema.Pragmas);
            Execute(connection, LedgerSchema.Tables);
            var ledger = new GatewayLedger(path, connection) { Seed = SeedOf(connection, path, seed) };
            ledger.writer.Start();
            return ledger;
        }
        catch (SqliteException exception)
        {
            connection.Dispose();
            throw new InvalidDataException($"The processor's books {path} cannot be opened ({exception.Message}): restore the file, or move it away for a new world.", exception);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Runs on the writer's thread; the answer comes after the commit.</summary>
    public Task<T> WriteAsync<T>(Func<LedgerBook, T> work)
    {
        var item = new LedgerWork<T>(work);
        return queue.Writer.TryWrite(item) ? item.Answer : throw new ObjectDisposedException(nameof(GatewayLedger));
    }

    /// <summary>A connection of its own that only reads, for audits.</summary>
    public SqliteConnection OpenReader()
    {
        var reader = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = Path,
            Mode = SqliteOpenMode.ReadOnly,
            Pooling = false,
        }.ToString());
        reader.Open();
        return reader;
    }

    /// <summary>Finishes what was asked, then closes the file.</summary>
    public void Dispose()
    {
        if (queue.Writer.TryComplete())
        {
            writer.Join();
            book.Dispose();
            connection.Dispose();
        }
    }

    private void WriteBatches()
    {
        var batch = new List<ILedgerWork>(BatchMax);
        while (queue.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            while (batch.Count < BatchMax && queue.Reader.TryRead(out var work))
            {
                batch.Add(work);
            }

            WriteBatch(batch);
            batch.Clear();
        }
    }

    private void WriteBatch(List<ILedgerWork> batch)
    {
        try
        {
            using var transaction = connection.BeginTransaction();
            foreach (var work in batch)
            {
                work.Run(book);
            }

            transaction.Commit();
        }
        catch (SqliteException failure)
        {
            // The transaction is rolled back as a whole: nobody in it may believe in an answer.
            batch.ForEach(work => work.Fail(failure));
            return;
        }

        batch.ForEach(work => work.Complete());
    }

    private static int SeedOf(SqliteConnection connection, string path, int? wanted)
    {
        var fresh = wanted ?? Random.Shared.Next(1, 1_000_000);
        using var command = connection.CreateCommand();
        command.CommandText = "insert into world (name, value) values ('seed', $seed) on conflict do nothing; select value from world where name = 'seed'";
        command.Parameters.AddWithValue("$seed", fresh.ToString(CultureInfo.InvariantCulture));
        var kept = int.Parse((string)command.ExecuteScalar()!, CultureInfo.InvariantCulture);
        return wanted is null || wanted == kept
            ? kept
            : throw new InvalidOperationException(
                $"Gateway__Seed is {wanted}, but the world in {path} was made with {kept}: use {kept}, leave the setting empty, or take another data folder.");
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}

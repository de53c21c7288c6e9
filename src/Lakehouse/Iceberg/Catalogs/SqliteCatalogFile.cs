using Microsoft.Data.Sqlite;

namespace Recoup.Lakehouse.Iceberg.Catalogs;

/// <summary>The SQLite file of a catalog: one connection, one caller at a time, every transaction flushed before it returns.</summary>
internal sealed class SqliteCatalogFile : IDisposable
{
    private const string Layout = """
        PRAGMA journal_mode=WAL;
        PRAGMA synchronous=FULL;
        PRAGMA busy_timeout=10000;
        CREATE TABLE IF NOT EXISTS iceberg_namespace_properties(catalog_name VARCHAR(255) NOT NULL, namespace VARCHAR(255) NOT NULL,
            property_key VARCHAR(255), property_value VARCHAR(1000), PRIMARY KEY (catalog_name, namespace, property_key));
        CREATE TABLE IF NOT EXISTS iceberg_tables(catalog_name VARCHAR(255) NOT NULL, table_namespace VARCHAR(255) NOT NULL, table_name VARCHAR(255) NOT NULL,
            metadata_location VARCHAR(1000), previous_metadata_location VARCHAR(1000), iceberg_type VARCHAR(5),
            PRIMARY KEY (catalog_name, table_namespace, table_name));
        """;

    private readonly SqliteConnection connection;
    private readonly SemaphoreSlim callers = new(1, 1);
    private readonly string name;

    public SqliteCatalogFile(string path, string name)
    {
        this.name = name;
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ConnectionString);
        connection.Open();
        using (var layout = connection.CreateCommand())
        {
            layout.CommandText = Layout;
            layout.ExecuteNonQuery();
        }

        AddTypeColumn();
    }

    public async Task RunAsync(Action<CatalogDatabase> work, CancellationToken cancellation) =>
        await RunAsync(database =>
        {
            work(database);
            return true;
        }, cancellation);

    /// <summary>Runs the work in one transaction; it is rolled back when the work throws.</summary>
    public async Task<T> RunAsync<T>(Func<CatalogDatabase, T> work, CancellationToken cancellation)
    {
        await callers.WaitAsync(cancellation);
        try
        {
            using var transaction = connection.BeginTransaction();
            var result = work(new CatalogDatabase(transaction, name));
            Commit(transaction);
            return result;
        }
        catch (SqliteException exception)
        {
            throw new IcebergException(IcebergFailure.Unavailable, $"The catalog file '{connection.DataSource}' cannot be used: {exception.Message}", exception);
        }
        finally
        {
            callers.Release();
        }
    }

    public void Dispose()
    {
        connection.Dispose();
        callers.Dispose();
    }

    /// <summary>A commit that fails may be on disk all the same, so nobody may take its files away.</summary>
    private void Commit(SqliteTransaction transaction)
    {
        try
        {
            transaction.Commit();
        }
        catch (SqliteException exception)
        {
            throw new IcebergException(IcebergFailure.CommitStateUnknown, $"The catalog file '{connection.DataSource}' failed to commit: {exception.Message}", exception);
        }
    }

    /// <summary>Files of the older layout (Java's V0) lack the column that tells tables from views.</summary>
    private void AddTypeColumn()
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM pragma_table_info('iceberg_tables') WHERE name = 'iceberg_type'";
        if (command.ExecuteScalar() is 0L)
        {
            command.CommandText = "ALTER TABLE iceberg_tables ADD COLUMN iceberg_type VARCHAR(5)";
            command.ExecuteNonQuery();
        }
    }
}

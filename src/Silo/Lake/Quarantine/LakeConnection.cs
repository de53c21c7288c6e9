using DuckDB.NET.Data;

namespace Recoup.Silo.Lake.Quarantine;

/// <summary>A database in memory, in UTC, to read and write the lake's tables with.</summary>
internal static class LakeConnection
{
    public static async Task<DuckDBConnection> OpenAsync(CancellationToken cancellation)
    {
        var connection = new DuckDBConnection("DataSource=:memory:");
        await connection.OpenAsync(cancellation);
        await using var zone = connection.CreateCommand();
        zone.CommandText = "SET TimeZone = 'UTC'; SET threads = 1";
        await zone.ExecuteNonQueryAsync(cancellation);
        return connection;
    }

    /// <summary>A column of bytes; null is NULL.</summary>
    public static byte[]? Bytes(DuckDBDataReader reader, int column)
    {
        if (reader.IsDBNull(column))
        {
            return null;
        }

        using var stream = reader.GetStream(column);
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}

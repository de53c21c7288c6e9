namespace Recoup.Lakehouse.Iceberg.Storage;

/// <summary>
/// Where the files of tables are. A file is written once and never changed, so what has been read may be kept. Locations are the full ones that
/// metadata names (<c>file:///...</c>, <c>s3://...</c>). DuckDB reads and writes local paths; a remote storage brings the files to it and back.
/// </summary>
public interface ITableStorage
{
    /// <summary>The location of the folder that holds all tables, without a slash at its end.</summary>
    string Warehouse { get; }

    /// <summary>Reads a whole file.</summary>
    /// <exception cref="FileNotFoundException">There is none at the location.</exception>
    Task<byte[]> ReadAsync(string location, CancellationToken cancellation);

    /// <summary>Writes a new file so that it is there whole or not at all, and durable when the call returns.</summary>
    /// <exception cref="IOException">There is a file at the location already.</exception>
    Task WriteNewAsync(string location, ReadOnlyMemory<byte> bytes, CancellationToken cancellation);

    /// <summary>A local path where a new data file can be written; <see cref="PublishAsync"/> makes it durable at its location.</summary>
    string StagingPath(string location);

    /// <summary>Makes a staged file durable at its location. Readers do not see it before a commit names it.</summary>
    Task PublishAsync(string stagingPath, string location, CancellationToken cancellation);

    /// <summary>A local path at which the file can be read now.</summary>
    Task<string> LocalPathAsync(string location, CancellationToken cancellation);

    /// <summary>All files below a folder, however deep.</summary>
    IAsyncEnumerable<StoredFile> ListAsync(string folder, CancellationToken cancellation);

    /// <summary>Deletes a file; one that is not there is no error.</summary>
    Task DeleteAsync(string location, CancellationToken cancellation);
}

/// <param name="Location">The full location.</param>
/// <param name="ModifiedAt">When it was written, by the storage's clock.</param>
/// <param name="Length">Bytes.</param>
public sealed record StoredFile(string Location, DateTimeOffset ModifiedAt, long Length);

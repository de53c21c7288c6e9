namespace Recoup.Storage.Sqlite;

/// <summary>The database did not do what it was asked for. Nothing of a write that failed with this was acknowledged; the message says what to do.</summary>
public sealed class SqliteStorageException : Exception
{
    public SqliteStorageException(string message)
        : base(message)
    {
    }

    public SqliteStorageException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    public SqliteStorageException()
    {
    }

    /// <summary>What kind of failure it is.</summary>
    public SqliteStorageFailure Failure { get; init; }
}

public enum SqliteStorageFailure
{
    Other,

    /// <summary>The disk, or the limit that was set, is full. Writes work again once there is room.</summary>
    Full,

    /// <summary>The file is not a database, or is damaged. Restore it from a backup.</summary>
    Damaged,

    /// <summary>File or folder cannot be opened or written.</summary>
    NotWritable,

    /// <summary>The disk failed. What a failed flush has written is not known, so nothing is written until the process starts again.</summary>
    Disk,
}

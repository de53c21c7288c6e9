namespace Recoup.Lakehouse.Iceberg;

/// <summary>Why a call on the lake was refused. The REST endpoint turns each into the status that the specification names.</summary>
public enum IcebergFailure
{
    /// <summary>A file, a request or an argument breaks the format's rules.</summary>
    Invalid,

    /// <summary>The format allows it and this library does not do it; the message names the feature.</summary>
    Unsupported,
    NoSuchTable,
    NoSuchView,
    NoSuchNamespace,
    AlreadyExists,
    NamespaceNotEmpty,

    /// <summary>Somebody else committed first and the change does not hold any more.</summary>
    CommitConflict,

    /// <summary>The commit was sent and its answer lost: it may have happened. Load the table to see.</summary>
    CommitStateUnknown,
    NotAuthorised,
    Unavailable,
}

public sealed class IcebergException(IcebergFailure failure, string message, Exception? inner = null) : Exception(message, inner)
{
    public IcebergFailure Failure { get; } = failure;

    public static IcebergException Invalid(string message, Exception? inner = null) => new(IcebergFailure.Invalid, message, inner);

    public static IcebergException Unsupported(string feature) => new(IcebergFailure.Unsupported, $"Not supported: {feature}.");

    public static IcebergException Conflict(string message) => new(IcebergFailure.CommitConflict, message);
}

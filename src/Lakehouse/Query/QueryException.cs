namespace Recoup.Lakehouse.Query;

/// <summary>Why a query has no result.</summary>
public enum QueryFailure
{
    /// <summary>The statement is valid SQL that is not allowed or not supported here; the message names what.</summary>
    Refused,

    /// <summary>The text is no SQL; <see cref="QueryException.Line"/> and <see cref="QueryException.Column"/> say where.</summary>
    Syntax,

    /// <summary>There is no such table; the message has the names that are near.</summary>
    UnknownTable,

    /// <summary>The statement does not fit the tables or their values: an unknown column, a wrong type, a division by zero.</summary>
    Invalid,

    /// <summary>It took longer than its limit.</summary>
    Timeout,

    /// <summary>It needed more memory than its limit.</summary>
    Memory,

    /// <summary>The lake or the engine could not be reached or read; the same query may succeed later.</summary>
    Unavailable,
}

/// <summary>A query that was refused or failed. The message is meant for whoever wrote the query.</summary>
public sealed class QueryException(QueryFailure failure, string message, Exception? inner = null) : Exception(message, inner)
{
    public QueryFailure Failure { get; } = failure;

    /// <summary>The line of the statement that the failure is about, the first is 1; null where it is not known.</summary>
    public int? Line { get; init; }

    /// <summary>The character in the line, the first is 1; null where it is not known.</summary>
    public int? Column { get; init; }

    internal static QueryException Refused(string message) => new(QueryFailure.Refused, message);

    internal static QueryException Timeout(TimeSpan time) =>
        new(QueryFailure.Timeout, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"The query took longer than {time.TotalSeconds:0.###} s."));
}

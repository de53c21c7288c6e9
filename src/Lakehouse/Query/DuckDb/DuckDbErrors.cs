using System.Globalization;
using System.Text.RegularExpressions;
using DuckDB.NET.Native;

namespace Recoup.Lakehouse.Query.DuckDb;

/// <summary>Says what an error of DuckDB means for whoever wrote the query.</summary>
internal static partial class DuckDbErrors
{
    public static QueryException Of(string message, DuckDBErrorType? type = null)
    {
        var kind = type ?? TypeOf(message);
        var failure = kind switch
        {
            DuckDBErrorType.OutOfMemory => QueryFailure.Memory,
            DuckDBErrorType.Parser or DuckDBErrorType.Syntax => QueryFailure.Syntax,
            DuckDBErrorType.Permission => QueryFailure.Refused,
            DuckDBErrorType.Io or DuckDBErrorType.Http or DuckDBErrorType.Internal or DuckDBErrorType.Fatal => QueryFailure.Unavailable,
            _ => QueryFailure.Invalid,
        };
        var position = Position().Match(message);
        return new QueryException(failure, FirstLines(message))
        {
            Line = position.Success ? int.Parse(position.Groups["line"].Value, CultureInfo.InvariantCulture) : null,
            Column = position.Success && !position.Groups["text"].Value.StartsWith("...", StringComparison.Ordinal) ? position.Groups["caret"].Length - position.Groups["head"].Length + 1 : null,
        };
    }

    /// <summary>Errors of preparing come as text only, which begins with the name of their kind.</summary>
    private static DuckDBErrorType? TypeOf(string message) => message switch
    {
        _ when message.StartsWith("Out of Memory", StringComparison.Ordinal) => DuckDBErrorType.OutOfMemory,
        _ when message.StartsWith("Parser", StringComparison.Ordinal) => DuckDBErrorType.Parser,
        _ when message.StartsWith("Permission", StringComparison.Ordinal) => DuckDBErrorType.Permission,
        _ when message.StartsWith("IO Error", StringComparison.Ordinal) => DuckDBErrorType.Io,
        _ => null,
    };

    /// <summary>The text before the quotation of the statement, which repeats what the position says.</summary>
    private static string FirstLines(string message)
    {
        var end = message.IndexOf("\n\nLINE ", StringComparison.Ordinal);
        return (end < 0 ? message : message[..end]).Trim();
    }

    [GeneratedRegex(@"\n(?<head>LINE (?<line>\d+): )(?<text>[^\n]*)\n(?<caret> *)\^")]
    private static partial Regex Position();
}

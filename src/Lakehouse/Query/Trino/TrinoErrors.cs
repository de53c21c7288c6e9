using System.Text.Json;

namespace Recoup.Lakehouse.Query.Trino;

/// <summary>Says what Trino's <c>error</c> object means for whoever wrote the query.</summary>
internal static class TrinoErrors
{
    public static QueryException Of(JsonElement error)
    {
        var (name, type) = (error.GetProperty("errorName").GetString()!, error.GetProperty("errorType").GetString());
        var location = error.TryGetProperty("errorLocation", out var found) ? found : (JsonElement?)null;
        return new QueryException(FailureOf(name, type), error.GetProperty("message").GetString()!)
        {
            Line = location?.GetProperty("lineNumber").GetInt32(),
            Column = location?.GetProperty("columnNumber").GetInt32(),
        };
    }

    private static QueryFailure FailureOf(string name, string? type) => name switch
    {
        "SYNTAX_ERROR" => QueryFailure.Syntax,
        "TABLE_NOT_FOUND" or "SCHEMA_NOT_FOUND" or "CATALOG_NOT_FOUND" => QueryFailure.UnknownTable,
        "NOT_SUPPORTED" or "PERMISSION_DENIED" => QueryFailure.Refused,
        "EXCEEDED_TIME_LIMIT" or "EXCEEDED_CPU_LIMIT" => QueryFailure.Timeout,
        "CLUSTER_OUT_OF_MEMORY" => QueryFailure.Memory,
        _ when name.StartsWith("EXCEEDED_", StringComparison.Ordinal) && name.Contains("MEMORY", StringComparison.Ordinal) => QueryFailure.Memory,
        _ => type is "USER_ERROR" ? QueryFailure.Invalid : QueryFailure.Unavailable,
    };
}

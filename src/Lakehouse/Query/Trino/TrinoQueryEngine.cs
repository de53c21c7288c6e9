namespace Recoup.Lakehouse.Query.Trino;

/// <summary>Answers queries on a Trino server that has the lake as a catalog. Memory is limited by Trino's own settings.</summary>
/// <param name="http">Its handler decides on TLS and proxies; it must not time out by itself (<see cref="HttpClient.Timeout"/>).</param>
/// <param name="options">Address, catalog, user and limits.</param>
/// <param name="clock">The wall clock, for time limits.</param>
public sealed class TrinoQueryEngine(HttpClient http, QueryOptions options, TimeProvider clock) : IQueryEngine
{
    private readonly TrinoConnection connection = new(http, options);

    public async Task<QueryResult> ExecuteAsync(string sql, QueryLimits? limits = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(sql);
        limits ??= options.Limits;
        TrinoStatement.RequireRead(sql);
        var pages = new TrinoPages(connection, limits.Time, clock, cancellation);
        try
        {
            var first = await pages.StartAsync(sql, limits, cancellation);
            while (first is { } page && !page.TryGetProperty("columns", out _))
            {
                first = await pages.NextAsync(cancellation);
            }

            return first is { } described
                ? new TrinoResult(pages, TrinoTypes.Schema(described.GetProperty("columns")), described, limits.RowsMax)
                : throw new QueryException(QueryFailure.Unavailable, "Trino ended the query without naming its columns.");
        }
        catch
        {
            await pages.DisposeAsync();
            throw;
        }
    }
}

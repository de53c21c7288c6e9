namespace Recoup.Lakehouse.Query;

/// <summary>Answers SQL over the lake. It reads only: no statement changes a table or reaches anything outside the lake.</summary>
public interface IQueryEngine
{
    /// <summary>Starts one SELECT, WITH, VALUES, FROM, DESCRIBE, SHOW, SUMMARIZE or EXPLAIN statement; its rows come as they are computed.</summary>
    /// <param name="sql">One statement; tables are named with their namespace (<c>gold.fct_payments</c>).</param>
    /// <param name="limits">What the query may use; <see langword="null"/> for the engine's own limits.</param>
    /// <param name="cancellation">Ends the query, also while its rows are read.</param>
    /// <returns>The result; dispose it to end the query and to free what it holds.</returns>
    /// <exception cref="QueryException">The statement was refused or failed; <see cref="QueryException.Failure"/> says why.</exception>
    Task<QueryResult> ExecuteAsync(string sql, QueryLimits? limits = null, CancellationToken cancellation = default);
}

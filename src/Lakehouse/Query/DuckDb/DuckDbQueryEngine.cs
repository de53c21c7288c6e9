using DuckDB.NET.Data;
using Recoup.Lakehouse.Iceberg.Catalogs;
using Recoup.Lakehouse.Query.Statements;
using Recoup.Lakehouse.Threads;

namespace Recoup.Lakehouse.Query.DuckDb;

/// <summary>Answers queries in this process, on DuckDB, over the current snapshots of a catalog's tables.</summary>
public sealed class DuckDbQueryEngine : IQueryEngine, IDisposable
{
    private readonly QueryOptions options;
    private readonly TimeProvider clock;
    private readonly StatementParser parser = new();
    private readonly CurrentLake lake;
    private readonly LakeViews lakeViews;
    private readonly SandboxPool pool;

    /// <param name="catalog">The lake; it is not disposed with the engine.</param>
    /// <param name="options">Limits.</param>
    /// <param name="clock">The wall clock, for time limits.</param>
    public DuckDbQueryEngine(ICatalog catalog, QueryOptions options, TimeProvider clock)
    {
        this.options = options;
        this.clock = clock;
        lake = new CurrentLake(catalog);
        lakeViews = new LakeViews(parser, new ViewSql());
        pool = new SandboxPool(options.ConcurrencyMax, options.Threads);
    }

    public async Task<QueryResult> ExecuteAsync(string sql, QueryLimits? limits = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(sql);
        limits ??= options.Limits;
        var time = new TimeLimit(limits.Time, clock, cancellation);
        try
        {
            var statement = parser.Parse(sql);
            var views = await lakeViews.PlanAsync(statement, lake, time.Token);
            var sandbox = await pool.RentAsync([.. views.SelectMany(view => view.Folders).Distinct()], limits.MemoryBytes, views.Any(view => view.IsView), time.Token);
            time.Watch(sandbox.Native);
            return await StartAsync(sandbox, statement, views, time, limits.RowsMax);
        }
        catch (OperationCanceledException)
        {
            using (time)
            {
                time.ThrowIfOver();
                throw;
            }
        }
        catch
        {
            time.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        pool.Dispose();
        lakeViews.Dispose();
        parser.Dispose();
    }

    private async Task<QueryResult> StartAsync(Sandbox sandbox, ReadStatement statement, IReadOnlyList<LakeView> views, TimeLimit time, long? rowsMax)
    {
        try
        {
            return await OwnThread.RunAsync(() => Start(sandbox, statement, views, time, rowsMax));
        }
        catch
        {
            // The sandbox must not be interrupted any more when the next query gets it.
            time.Dispose();
            pool.Return(sandbox);
            throw;
        }
    }

    private DuckDbResult Start(Sandbox sandbox, ReadStatement statement, IReadOnlyList<LakeView> views, TimeLimit time, long? rowsMax)
    {
        try
        {
            sandbox.Views.Show(views);
            if (statement.NeedsCatalog)
            {
                sandbox.Views.Keep([.. views.Select(view => view.Identifier)]);
            }
        }
        catch (DuckDBException failed)
        {
            time.ThrowIfOver();
            throw DuckDbErrors.Of(failed.Message, failed.ErrorType);
        }

        return DuckDbResult.Start(sandbox, pool, time, statement.Sql, rowsMax);
    }
}

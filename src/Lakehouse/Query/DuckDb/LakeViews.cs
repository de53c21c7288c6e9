using Recoup.Lakehouse.Dbt.Dialect;
using Recoup.Lakehouse.Iceberg;
using Recoup.Lakehouse.Iceberg.Catalogs;
using Recoup.Lakehouse.Query.Statements;

namespace Recoup.Lakehouse.Query.DuckDb;

/// <summary>
/// Turns the tables and views that a statement names into SELECTs: of a table over the files of its snapshot, of a view as it was defined, after the
/// tables that it reads. What a snapshot consists of comes from the catalog's caches, so the cost follows the live files and not the history.
/// </summary>
internal sealed class LakeViews(StatementParser parser, ViewSql viewSql) : IDisposable
{
    private readonly TableSelects selects = new();

    /// <summary>The SELECTs, each after those that it names.</summary>
    /// <exception cref="QueryException">A table is not there, or cannot be read.</exception>
    public async Task<IReadOnlyList<LakeView>> PlanAsync(ReadStatement statement, ILakeContents lake, CancellationToken cancellation)
    {
        try
        {
            var planned = new LakePlan(lake, parser, viewSql, selects);
            await planned.AddAsync(statement, cancellation);
            if (statement.NeedsCatalog)
            {
                await planned.AddEverythingAsync(cancellation);
            }

            return planned.Views;
        }
        catch (IcebergException refused)
        {
            throw new QueryException(refused.Failure is IcebergFailure.Unsupported ? QueryFailure.Refused : QueryFailure.Unavailable, refused.Message, refused);
        }
        catch (DialectException refused)
        {
            throw new QueryException(QueryFailure.Refused, refused.Message, refused);
        }
    }

    public void Dispose() => selects.Dispose();
}

/// <param name="Identifier">The table or view.</param>
/// <param name="Select">Its rows.</param>
/// <param name="Folders">Where their files are.</param>
/// <param name="IsView">Whether it is a view of the lake, which reads others.</param>
internal sealed record LakeView(TableIdentifier Identifier, string Select, IReadOnlyCollection<string> Folders, bool IsView = false);

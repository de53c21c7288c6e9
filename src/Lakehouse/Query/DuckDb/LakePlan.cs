using Recoup.Lakehouse.Iceberg;
using Recoup.Lakehouse.Iceberg.Catalogs;
using Recoup.Lakehouse.Iceberg.Scans;
using Recoup.Lakehouse.Iceberg.Values;
using Recoup.Lakehouse.Iceberg.Views;
using Recoup.Lakehouse.Query.Statements;

namespace Recoup.Lakehouse.Query.DuckDb;

/// <summary>The SELECTs that one statement needs.</summary>
internal sealed class LakePlan(ILakeContents lake, StatementParser parser, ViewSql viewSql, TableSelects selects)
{
    private readonly List<LakeView> views = [];

    public IReadOnlyList<LakeView> Views => views;

    public Task AddAsync(ReadStatement statement, CancellationToken cancellation) => AddAsync(statement, [], cancellation);

    /// <summary>Adds what no statement has named, for a listing; a view's rows are not asked for then.</summary>
    public async Task AddEverythingAsync(CancellationToken cancellation)
    {
        foreach (var identifier in await lake.ListTablesAsync(cancellation))
        {
            if (!Has(identifier) && await lake.FindTableAsync(identifier, cancellation) is { } table)
            {
                views.Add(await selects.OfAsync(table, Filter.All, cancellation));
            }
        }

        foreach (var identifier in await lake.ListViewsAsync(cancellation))
        {
            if (!Has(identifier) && await lake.FindViewAsync(identifier, cancellation) is { } view)
            {
                views.Add(new LakeView(identifier, Columns(view), []));
            }
        }
    }

    private async Task AddAsync(ReadStatement statement, IReadOnlyList<TableIdentifier> through, CancellationToken cancellation)
    {
        foreach (var name in statement.Tables)
        {
            RequireNamespace(name, through);
            var identifier = await FindAsync(name, cancellation);
            if (await lake.FindTableAsync(identifier, cancellation) is { } table)
            {
                await AddAsync(table, FilePruning.Of(statement, name, table), cancellation);
            }
            else if (!Has(identifier) && await lake.FindViewAsync(identifier, cancellation) is { } view)
            {
                await AddAsync(view, through, cancellation);
            }
        }
    }

    /// <summary>A table that is read in two places is shown whole: what one of them can do without, the other may need.</summary>
    private async Task AddAsync(Table table, Filter filter, CancellationToken cancellation)
    {
        var index = views.FindIndex(view => view.Identifier == table.Identifier);
        if (index < 0)
        {
            views.Add(await selects.OfAsync(table, filter, cancellation));
        }
        else
        {
            views[index] = await selects.OfAsync(table, Filter.All, cancellation);
        }
    }

    private async Task AddAsync(View view, IReadOnlyList<TableIdentifier> through, CancellationToken cancellation)
    {
        if (through.Contains(view.Identifier))
        {
            throw QueryException.Refused($"The view '{view.Identifier}' reads itself: {string.Join(" reads ", [.. through, view.Identifier])}.");
        }

        var translated = await viewSql.TranslateAsync(view, lake, cancellation);
        await AddAsync(parser.Parse(translated), [.. through, view.Identifier], cancellation);
        views.Add(new LakeView(view.Identifier, translated, [], IsView: true));
    }

    /// <summary>A view's names without a namespace would be looked for in its default one by other engines, and by DuckDB in none.</summary>
    private static void RequireNamespace(TableName name, IReadOnlyList<TableIdentifier> through)
    {
        if (name.Namespace.Length is 0 && through.Count > 0)
        {
            throw QueryException.Refused($"The view '{through[^1]}' names '{name}' without a namespace: create it with the namespace at every table.");
        }
    }

    private bool Has(TableIdentifier identifier) => views.Any(view => view.Identifier == identifier);

    private static string Columns(View view) =>
        $"SELECT {string.Join(", ", view.Schema.Fields.Select(field => $"CAST(NULL AS {DuckType.Of(field.Type)}) AS {SqlText.Name(field.Name)}"))} WHERE false";

    /// <summary>Names are found as written, or, as SQL has it, whatever their case.</summary>
    private async Task<TableIdentifier> FindAsync(TableName name, CancellationToken cancellation)
    {
        var written = new TableIdentifier(name.Namespace, name.Name);
        if (name.Namespace.Length > 0
            && (await lake.FindTableAsync(written, cancellation) is not null || await lake.FindViewAsync(written, cancellation) is not null))
        {
            return written;
        }

        TableIdentifier[] known = [.. await lake.ListTablesAsync(cancellation), .. await lake.ListViewsAsync(cancellation)];
        var found = known.Where(identifier => identifier.ToString().Equals(name.ToString(), StringComparison.OrdinalIgnoreCase)).ToArray();
        return found switch
        {
            [var one] => one,
            [] => throw Unknown(name, known),
            _ => throw QueryException.Refused($"There are several tables that are spelled '{name}' but for case."),
        };
    }

    private static QueryException Unknown(TableName name, IReadOnlyList<TableIdentifier> known)
    {
        var near = NearNames.Of(name.ToString(), known.Select(identifier => identifier.ToString()));
        var hint = near.Count > 0 ? $"Near it are {string.Join(", ", near)}." : "SHOW TABLES lists those that there are.";
        return new QueryException(QueryFailure.UnknownTable, $"There is no table '{name}'. {hint}");
    }
}

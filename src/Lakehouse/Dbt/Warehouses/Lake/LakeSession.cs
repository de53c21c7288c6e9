using System.Globalization;
using Recoup.Lakehouse.Dbt.Dialect;
using Recoup.Lakehouse.Dbt.Warehouses.DuckDb;
using Recoup.Lakehouse.Iceberg.Values;
using Recoup.Lakehouse.Query.DuckDb;
using Recoup.Lakehouse.Query.Statements;

namespace Recoup.Lakehouse.Dbt.Warehouses.Lake;

/// <summary>
/// The DuckDB that computes a run: it sees the lake's tables, and spills to disk what does not fit into its memory. Statements pass the same check as
/// those of queries: they only read, and only the lake.
/// </summary>
internal sealed class LakeSession : IAsyncDisposable
{
    private readonly DuckDbSession duck;
    private readonly StatementParser parser = new();
    private readonly LakeViews views;
    private readonly ShownViews shown;
    private readonly CatalogPrefix prefix;
    private readonly Func<string, string, TableColumns, TranslatedSql> translate;

    public LakeSession(LakeWarehouseOptions options, Func<string, string, TableColumns, TranslatedSql> translate)
    {
        this.translate = translate;
        Directory.CreateDirectory(options.SpillFolder);
        duck = new DuckDbSession(":memory:", Settings(options));
        prefix = new CatalogPrefix(options.Database);
        views = new LakeViews(parser, new ViewSql(translate));
        shown = new ShownViews(duck.Connection);
        TrinoDialect.Install(duck.Connection);
    }

    /// <summary>Does work that nobody else's comes between. Refusals of all the rooms below become the warehouse's.</summary>
    public Task<T> UseAsync<T>(Func<DuckDbSession, Task<T>> work, CancellationToken cancellation) =>
        LakeFailures.TranslateAsync(() => duck.UseAsync(work, cancellation));

    /// <summary>Translates a query and shows its tables. To be called in <see cref="UseAsync"/>.</summary>
    public async Task<LakeStatement> PrepareAsync(string sql, ILakeContents lake, CancellationToken cancellation)
    {
        var plain = prefix.TakeOff(sql).TrimEnd().TrimEnd(';');
        var translated = translate(plain, "sql", await LakeColumns.OfAsync(lake, cancellation));
        var statement = parser.Parse(translated.Text);
        shown.Show(await views.PlanAsync(statement, lake, cancellation));
        return new LakeStatement(plain, statement.Sql, Columns(statement.Sql, translated.Columns));
    }

    /// <summary>A condition of the project on a table and, in a merge, the model's rows, for DuckDB.</summary>
    /// <param name="condition">In Trino's SQL.</param>
    /// <param name="from">The tables that it may name, with their aliases.</param>
    /// <param name="stage">The name of the model's rows in <paramref name="from"/>.</param>
    /// <param name="columns">Their columns.</param>
    public async Task<string> ConditionAsync(
        string condition, string from, string stage, IReadOnlyList<LakeColumn> columns, ILakeContents lake, CancellationToken cancellation)
    {
        const string Where = " WHERE ";
        var tables = await LakeColumns.OfAsync(lake, cancellation);
        var staged = columns.Select(column => (column.Name, DuckType.Of(column.Type))).ToArray();
        var text = translate($"SELECT 1 AS one FROM {from} WHERE {prefix.TakeOff(condition)}", "incremental_predicates", name => name[^1] == stage ? staged : tables(name)).Text;
        return text.IndexOf(Where, StringComparison.OrdinalIgnoreCase) is >= 0 and var at
            ? text[(at + Where.Length)..]
            : throw new WarehouseException($"The condition '{condition}' is not supported in incremental_predicates: write it in the model's WHERE.");
    }

    public async ValueTask DisposeAsync()
    {
        views.Dispose();
        parser.Dispose();
        await duck.DisposeAsync();
    }

    private static string Settings(LakeWarehouseOptions options) => string.Create(
        CultureInfo.InvariantCulture,
        $"SET memory_limit='{options.MemoryBytes}B'; SET threads={options.Threads}; SET temp_directory={SqlText.Quote(options.SpillFolder)}; SET autoinstall_known_extensions=false; SET autoload_known_extensions=false");

    /// <summary>Trino's types where the dialect knows all of them, which saves asking DuckDB; where it does not, DuckDB's fill the gaps.</summary>
    private LakeColumn[] Columns(string sql, IReadOnlyList<TranslatedColumn> known) => known.Count > 0 && known.All(column => column.Type is not null)
        ? [.. known.Select(column => Column(column.Name, column.Type!))]
        : [.. duck.Describe(sql).Select((column, index) => Column(column.Name, known.ElementAtOrDefault(index)?.Type ?? column.Type))];

    private static LakeColumn Column(string name, string type)
    {
        var lower = name.ToLowerInvariant();
        return new LakeColumn(lower, LakeTypes.Parse(lower, type));
    }
}

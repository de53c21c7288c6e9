using System.Text;
using System.Text.Json.Nodes;
using Recoup.Lakehouse.Iceberg;
using Recoup.Lakehouse.Query;
using Recoup.Lakehouse.Query.DuckDb;
using Recoup.Lakehouse.Query.Formats;
using Recoup.Lakehouse.Tests.Iceberg;

namespace Recoup.Lakehouse.Tests.Query;

/// <summary>A lake of its own with an engine over it.</summary>
internal sealed class QueryRoom : IDisposable
{
    public QueryRoom(QueryOptions? options = null)
    {
        Options = options ?? new QueryOptions();
        Engine = new DuckDbQueryEngine(Lake.Catalog, Options, TimeProvider.System);
    }

    public Lake Lake { get; } = new();

    public QueryOptions Options { get; }

    public DuckDbQueryEngine Engine { get; }

    /// <summary>Makes <c>bronze.charges</c>, by day, with as many rows on each of some days.</summary>
    public async Task<Table> ChargesAsync(int days = 1, int rowsPerDay = 3, string name = "charges")
    {
        var table = await Lake.CreateByDayAsync(name);
        for (var day = 0; day < days; day++)
        {
            table = await Lake.AppendAsync(
                table, $"SELECT 'e{day}-' || i AS event_id, 1000 * {day} + i AS amount_minor, TIMESTAMPTZ '2026-11-01 09:30:00.123Z' + INTERVAL ({day}) DAY AS created_at FROM range({rowsPerDay}) t(i)");
        }

        return table;
    }

    public async Task<string?[][]> RowsAsync(string sql, QueryLimits? limits = null)
    {
        await using var result = await Engine.ExecuteAsync(sql, limits);
        return await result.ReadTextAsync().ToArrayAsync();
    }

    /// <summary>The one cell of a result.</summary>
    public async Task<string?> CellAsync(string sql) => (await RowsAsync(sql))[0][0];

    public async Task<JsonObject> JsonAsync(string sql) => JsonNode.Parse(await TextAsync(sql, JsonResult.WriteAsync))!.AsObject();

    public async Task<string> TextAsync(string sql, Func<QueryResult, Stream, CancellationToken, Task> write)
    {
        using var output = new MemoryStream();
        await using var result = await Engine.ExecuteAsync(sql);
        await write(result, output, CancellationToken.None);
        return Encoding.UTF8.GetString(output.ToArray());
    }

    public Task<QueryException> RefusedAsync(string sql, QueryLimits? limits = null) => Assert.ThrowsExactlyAsync<QueryException>(() => RowsAsync(sql, limits), sql);

    public void Dispose()
    {
        Engine.Dispose();
        Lake.Dispose();
    }
}

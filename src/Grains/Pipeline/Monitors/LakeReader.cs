using System.Globalization;
using System.Runtime.CompilerServices;
using Recoup.Lakehouse.Query;

namespace Recoup.Pipeline.Monitors;

/// <summary>Asks the lake in the words that Trino and DuckDB read alike.</summary>
public sealed class LakeReader(IQueryEngine engine)
{
    /// <summary>Monitors look at whole tables; a person who waits for an answer gets a shorter limit.</summary>
    private static readonly QueryLimits Limits = new(TimeSpan.FromMinutes(5), 1024L * 1024 * 1024);

    /// <exception cref="QueryException">The engine refuses or fails, or a table is not there yet.</exception>
    public async IAsyncEnumerable<string?[]> StreamAsync(string sql, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var result = await engine.ExecuteAsync(sql, Limits, cancellation);
        await foreach (var row in result.ReadTextAsync(cancellation))
        {
            yield return row;
        }
    }

    public async Task<IReadOnlyList<string?[]>> RowsAsync(string sql, CancellationToken cancellation) =>
        await StreamAsync(sql, cancellation).ToListAsync(cancellation);

    /// <summary>The only row's cells as whole numbers; NULL is 0.</summary>
    public async Task<long[]> NumbersAsync(string sql, CancellationToken cancellation) =>
        [.. (await RowsAsync(sql, cancellation))[0].Select(Number)];

    public static long Number(string? cell) => cell is null ? 0 : (long)decimal.Parse(cell, NumberStyles.Float, CultureInfo.InvariantCulture);

    /// <summary>
    /// A moment in SQL, to the millisecond: Trino's TIMESTAMP WITH TIME ZONE has no more digits unless it is told so, and DuckDB's cannot be told.
    /// </summary>
    public static string Time(DateTimeOffset moment) =>
        $"cast('{moment.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture)} UTC' as timestamp with time zone)";
}

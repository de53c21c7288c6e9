using System.Globalization;
using Microsoft.Extensions.Options;
using Recoup.Lakehouse.Iceberg;
using Recoup.Lakehouse.Iceberg.Catalogs;

namespace Recoup.Pipeline.Monitors;

/// <summary>How many data files each table has: many small ones make every query slow, and say that compaction does not keep up.</summary>
internal sealed class IcebergFilesMonitor(ICatalog catalog, IOptions<PipelineOptions> options) : IMonitor
{
    public string Name => "iceberg_files";

    public async Task<IReadOnlyList<Reading>> ReadAsync(MonitorMoment moment, CancellationToken cancellation)
    {
        List<Reading> readings = [];
        await foreach (var table in LakeTables.ReadAsync(catalog, cancellation))
        {
            readings.Add(Decide(table.Identifier.ToString(), Total(table, "total-data-files"), Total(table, "total-records"), options.Value.Monitors.IcebergFiles));
        }

        return readings;
    }

    internal Reading Decide(string table, long files, long records, long threshold) => new()
    {
        Monitor = Name,
        Subject = table,
        Severity = Judge.AtMost(files, threshold),
        Value = files,
        Threshold = threshold,
        Unit = "files",
        Summary = $"{table} has {files} data files for {records} rows",
    };

    private static long Total(Table table, string key) =>
        long.TryParse(table.CurrentSnapshot?.Summary.GetValueOrDefault(key), CultureInfo.InvariantCulture, out var total) ? total : 0;
}

using System.Globalization;
using Recoup.Lakehouse.Iceberg;
using Recoup.Lakehouse.Iceberg.Catalogs;
using Recoup.Lakehouse.Iceberg.Maintenance;

namespace Recoup.Lakehouse.Bench.Freshness;

/// <summary>Maintains the charges' tables as the silo does, and looks at how many files they have just before.</summary>
internal sealed class Maintenance(ICatalog catalog)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);
    private static readonly TableIdentifier[] Tables = [new("bronze", "payment_charges"), new("bronze", "quarantine_payment_charges")];

    public int Rounds { get; private set; }

    public int MostFiles { get; private set; }

    public int MostSnapshots { get; private set; }

    public async Task RunAsync(CancellationToken cancellation)
    {
        using var upkeep = new TableUpkeep(catalog, TimeProvider.System);
        using var timer = new PeriodicTimer(Interval);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellation))
            {
                foreach (var table in Tables)
                {
                    await MaintainAsync(upkeep, table, cancellation);
                }

                Rounds++;
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // The measurement is over.
        }
    }

    private async Task MaintainAsync(TableUpkeep upkeep, TableIdentifier table, CancellationToken cancellation)
    {
        var before = await catalog.LoadTableAsync(table, cancellation);
        MostSnapshots = Math.Max(MostSnapshots, before.Metadata.Snapshots.Count);
        MostFiles = Math.Max(MostFiles, int.Parse(before.CurrentSnapshot?.Summary["total-data-files"] ?? "0", CultureInfo.InvariantCulture));
        try
        {
            await upkeep.RunAsync(table, cancellation);
        }
        catch (IcebergException conflict) when (conflict.Failure is IcebergFailure.CommitConflict)
        {
            Console.WriteLine($"{table}: a writer was faster each time; the next round tries again.");
        }
    }
}

using Microsoft.Extensions.Options;
using Recoup.Lakehouse.FlinkSql.Backfilling;
using Recoup.Lakehouse.Iceberg.Catalogs;
using Recoup.Silo.Lake.Scripts;
using Recoup.Silo.Settings;

namespace Recoup.Silo.Lake.Backfill;

/// <summary>Runs backfills one after the other: each holds its range in memory.</summary>
internal sealed class BackfillService(
    ICatalog catalog, ScriptLibrary scripts, IOptions<KafkaOptions> kafka, IOptions<ValidationSettings> validation, TimeProvider time) : IDisposable
{
    private readonly SemaphoreSlim turn = new(1);

    public IEnumerable<string> Topics => scripts.Topics;

    /// <summary>Validates the first part of what is asked for again.</summary>
    /// <exception cref="BackfillException">It cannot be; nothing was changed.</exception>
    public async Task<BackfillResult> RunAsync(BackfillRequest request, CancellationToken cancellation)
    {
        if (validation.Value.Engine is not ValidationEngine.Embedded)
        {
            throw new BackfillException(
                "Validation__Engine is Flink: how far it has read is in its checkpoints, so the tables do not say which records they hold. Take the range back in Flink: start the job from an older savepoint over tables that were rolled back to it.");
        }

        await turn.WaitAsync(cancellation);
        try
        {
            var backfill = new RangeBackfill(catalog, scripts.Compile(request.Topic), ClientSettings.Of(kafka.Value), time);
            var ranges = request.Ranges ?? await backfill.ResolveAsync(request.From, request.To, request.Partition, cancellation);
            return await backfill.RunAsync(ranges, request.RecordsMax, cancellation);
        }
        finally
        {
            turn.Release();
        }
    }

    public void Dispose() => turn.Dispose();
}

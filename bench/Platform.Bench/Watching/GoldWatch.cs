using Recoup.Client.Queries;

namespace Recoup.Platform.Bench.Watching;

/// <summary>Looks, over HTTP, whether gold has changed, and then which real payments it now shows as ended.</summary>
internal sealed class GoldWatch(LakeQuery queries, PaymentTimes times)
{
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    private const string Version = "select count(*) as payments, sum(event_count) as events from gold.fct_payments";
    private const string Ended =
        "select payment_id from gold.fct_payments where merchant_id not like 'mer_fill_%' and outcome <> 'recovering'";

    private string? version;

    public Task RunAsync(CancellationToken stop) => Ticks.EachAsync(Interval, LookAsync, stop);

    public async Task LookAsync()
    {
        var now = (await queries.RowsAsync(Version, CancellationToken.None))[0].ToString();
        if (now == version)
        {
            return;
        }

        version = now;
        var rows = await queries.RowsAsync(Ended, CancellationToken.None);
        var seenAt = TimeProvider.System.GetUtcNow();
        foreach (var row in rows)
        {
            times.SeenInGold(row.GetProperty("payment_id").GetString()!, seenAt);
        }
    }
}

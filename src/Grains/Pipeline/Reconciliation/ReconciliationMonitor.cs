using Microsoft.Extensions.Options;
using Recoup.Pipeline.Monitors;

namespace Recoup.Pipeline.Reconciliation;

/// <summary>
/// Follows the money from the grains to bronze: what they have published and collected. By event id (each has its payment's id and a number, so a payment's
/// events are complete when their count is the highest number) and per currency, to the last minor unit.
/// </summary>
internal sealed class ReconciliationMonitor(
    IGrainBooks grains, LakeReader lake, ValidationProgress progress, IOptions<PipelineOptions> options) : IMonitor
{
    /// <summary>How long validation has for what was published before; after that the comparison would blame it for its lag.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public string Name => ReconciliationReadings.Monitor;

    public async Task<IReadOnlyList<Reading>> ReadAsync(MonitorMoment moment, CancellationToken cancellation)
    {
        // The order matters: what the grains have published by now is in the log before these ends, and bronze is asked when it is past them.
        var payments = await grains.ReadPaymentsAsync(cancellation).ToListAsync(cancellation);
        var subscriptions = await grains.ReadSubscriptionsAsync(cancellation).ToListAsync(cancellation);
        if ((await progress.ReadLagAsync(Patience, cancellation)).Values.Sum() is > 0 and var waiting)
        {
            return [Behind(waiting)];
        }

        var books = new LakeBooks(lake);
        var tally = await BookComparison.CompareAsync(new BookTally(), payments.ToAsyncEnumerable(), books.ReadPaymentsAsync(cancellation));
        tally = await BookComparison.CompareAsync(tally, subscriptions.ToAsyncEnumerable(), books.ReadSubscriptionsAsync(cancellation));
        return [.. ReconciliationReadings.OfBooks(tally, options.Value.Monitors.Reconciliation)];
    }

    private static Reading Behind(long waiting) => new()
    {
        Monitor = ReconciliationReadings.Monitor,
        Subject = "grains",
        Severity = Severity.Unknown,
        Unit = "events",
        Summary = $"Grains and bronze cannot be compared: {waiting} records in the log are not validated yet",
    };
}

using Microsoft.Extensions.Options;
using Recoup.Pipeline.Monitors;

namespace Recoup.Pipeline.Reconciliation;

/// <summary>Follows the money from bronze through silver to gold: the same charge events and the same sums in each layer, per currency.</summary>
internal sealed class LayerReconciliationMonitor(LakeReader lake, IOptions<PipelineOptions> options) : IMonitor
{
    public string Name => ReconciliationReadings.Monitor;

    public async Task<IReadOnlyList<Reading>> ReadAsync(MonitorMoment moment, CancellationToken cancellation) =>
        [.. ReconciliationReadings.OfLayers(await LayerTotals.ReadAsync(lake, cancellation), options.Value.Monitors.Reconciliation)];
}

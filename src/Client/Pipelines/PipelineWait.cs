using Recoup.Client.CommandLine;
using Recoup.Pipeline;

namespace Recoup.Client.Pipelines;

/// <summary>Waits for the end of a run by asking for it.</summary>
internal static class PipelineWait
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    /// <exception cref="CommandFailedException">The run is not among the last ones any more.</exception>
    public static async Task<PipelineRun> ForAsync(IGrainFactory grains, long number, CancellationToken cancellationToken)
    {
        using var ticks = new PeriodicTimer(Interval);
        while (true)
        {
            var status = await grains.GetGrain<IPipelineGrain>(IPipelineGrain.Key).GetStatusAsync();
            if (status.Find(number) is { EndedAt: not null } ended)
            {
                return ended;
            }

            if (status.Find(number) is null && status.QueuedNumber != number)
            {
                throw new CommandFailedException($"The pipeline does not know run {number} any more.", "Its last runs: pipeline status.");
            }

            await ticks.WaitForNextTickAsync(cancellationToken);
        }
    }

    public static async Task<PipelineRun?> FindAsync(IGrainFactory grains, long number) =>
        (await grains.GetGrain<IPipelineGrain>(IPipelineGrain.Key).GetStatusAsync()).Find(number);
}

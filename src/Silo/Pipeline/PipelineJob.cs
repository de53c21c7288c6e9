using Microsoft.Extensions.Options;
using Quartz;
using Recoup.Pipeline;

namespace Recoup.Silo.Pipeline;

/// <summary>Tells the grain that a slot has come. It does nothing else: what is done, and what was done already, the grain knows.</summary>
internal sealed class PipelineJob(IGrainFactory grains, IOptions<PipelineOptions> options) : IJob
{
    public static readonly JobKey Key = new("pipeline");

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) =>
        await grains.GetGrain<IPipelineGrain>(IPipelineGrain.Key).FireAsync(SlotOf(options.Value.Cron, context.ScheduledFireTimeUtc ?? context.FireTimeUtc));

    /// <summary>The slot that a firing is for. One that was missed is fired late, at a time that is no slot: it is for the latest slot until then.</summary>
    internal static DateTimeOffset SlotOf(string cron, DateTimeOffset fired) =>
        CronExpression.TryParse(cron, out var slots) && slots.GetPreviousValidTimeBefore(fired.AddTicks(1)) is { } slot ? slot : fired;
}

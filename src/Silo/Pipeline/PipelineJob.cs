using Microsoft.Extensions.Options;
using Quartz;
using Recoup.Pipeline;

namespace Recoup.Silo.Pipeline;

/// <summary>Tells the grain that a slot has come. It does nothing else: what is done, and what was done already, the grain knows.</summary>
internal sealed class PipelineJob(IGrainFactory grains, IOptions<PipelineOptions> options) : IJob
{
    public static readonly JobKey Key = new("pipeline");

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) =>
        await grains.GetGrain<IPipelineGrain>(IPipelineGrain.Key).FireAsync(SlotOf(options.Value.Cron, Later(context.FireTimeUtc, context.ScheduledFireTimeUtc)));

    /// <summary>The latest slot until a firing. One that is late does the work of every slot that has passed since: a run sees all that is there.</summary>
    internal static DateTimeOffset SlotOf(string cron, DateTimeOffset fired) =>
        CronExpression.TryParse(cron, out var slots) && slots.GetPreviousValidTimeBefore(fired.AddTicks(1)) is { } slot ? slot : fired;

    /// <summary>A timer may be early by what a clock cannot tell; the slot is the one that was meant.</summary>
    private static DateTimeOffset Later(DateTimeOffset fired, DateTimeOffset? scheduled) => scheduled > fired ? scheduled.Value : fired;
}

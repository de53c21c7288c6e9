using Microsoft.Extensions.Options;
using Quartz;
using Recoup.Pipeline;

namespace Recoup.Silo.Pipeline;

/// <summary>
/// Puts the setting's cron expression into Quartz's store. A trigger that is there with the same expression is left as it is: it knows which slot comes
/// next, so one that came while no silo ran is fired at the next start.
/// </summary>
internal sealed class PipelineCalendar([FromKeyedServices(PipelineCalendar.SchedulerName)] ISchedulerFactory schedulers, IOptions<PipelineOptions> options) : IHostedService
{
    public const string SchedulerName = "pipeline";

    private static readonly TriggerKey Slots = new("pipeline-slots");

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var scheduler = await schedulers.GetScheduler(cancellationToken);
        var cron = options.Value.Cron;
        if (await scheduler.GetTrigger(Slots, cancellationToken) is ICronTrigger known && known.CronExpressionString == cron)
        {
            return;
        }

        // After a crash in the middle of a firing it is fired again; the grain knows the slot.
        var job = JobBuilder.Create<PipelineJob>().WithIdentity(PipelineJob.Key).RequestRecovery().Build();
        var trigger = TriggerBuilder.Create(scheduler.TimeProvider)
            .WithIdentity(Slots)
            .WithSchedule(CronScheduleBuilder.Create(cron).InTimeZone(TimeZoneInfo.Utc).WithMisfireInstruction(CronTriggerMisfireInstruction.FireAndProceed))
            .Build();
        await scheduler.ScheduleJob(job, [trigger], ScheduleJobOptions.Replacing, cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

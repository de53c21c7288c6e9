using Microsoft.Data.Sqlite;
using Quartz;
using Recoup.Clock;
using Recoup.Lakehouse.Dbt;
using Recoup.Pipeline;
using Recoup.Pipeline.Monitors;
using Recoup.Pipeline.Reconciliation;
using Recoup.Silo.Settings;

namespace Recoup.Silo.Pipeline;

/// <summary>The pipeline: its grains' needs, and the calendar that drives them.</summary>
internal static class PipelineHosting
{
    /// <summary>The value of <c>Pipeline__Cron</c> that leaves only runs which somebody asks for.</summary>
    private const string Never = "Never";

    /// <summary>Quartz's own defaults, as wall time.</summary>
    private static readonly TimeSpan IdleWait = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan MisfireThreshold = TimeSpan.FromMinutes(1);

    /// <summary>Quartz counts these in milliseconds that must fit into 31 bits.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(20);

    /// <summary>Registered last: the calendar may fire as soon as it runs, and all of the host must be up by then.</summary>
    public static void AddPipeline(this WebApplicationBuilder builder, RecoupSettings settings, IBusinessClock clock)
    {
        var services = builder.Services;

        // The project as the build puts it beside the program, unless the setting names another folder.
        // What it writes goes into the data folder: several silos may run one program, and it may not be theirs to write to.
        services.Configure<DbtOptions>(dbt =>
        {
            dbt.ProjectFolder = Path.Combine(AppContext.BaseDirectory, "dbt");
            dbt.TargetFolder = Path.Combine(settings.DataFolder, "dbt");
        });
        services.AddDbt();
        services.AddPipelineGrains(settings.Pipeline.Alerts);
        services.AddSingleton<IEventLogGauge>(new KafkaEventLogGauge(settings.Kafka));
        services.AddSingleton<IGrainBooks>(new SqliteGrainBooks(Path.Combine(settings.DataFolder, "grains.db")));
        if (!settings.Pipeline.Cron.Equals(Never, StringComparison.OrdinalIgnoreCase))
        {
            services.AddCalendar(Path.Combine(settings.DataFolder, "quartz.db"), clock);
        }
    }

    /// <exception cref="StartRefusedException">The cron expression cannot be read.</exception>
    public static void RefuseWrongCron(PipelineOptions pipeline)
    {
        if (!pipeline.Cron.Equals(Never, StringComparison.OrdinalIgnoreCase) && !CronExpression.TryParse(pipeline.Cron, out _))
        {
            throw new StartRefusedException(
                $"Pipeline__Cron '{pipeline.Cron}' cannot be read: write seconds, minutes, hours, day of month, month and day of week, such as '0 0 * * * ?' for every hour, or Never.");
        }
    }

    internal static void AddCalendar(this IServiceCollection services, string file, IBusinessClock clock)
    {
        // A scheduler with a name: the clock of one without would become the clock of the whole container.
        services.AddQuartz(PipelineCalendar.SchedulerName, quartz =>
        {
            quartz.UseTimeProvider(new BusinessTimeProvider(clock));
            quartz.ConfigureScheduler(scheduler => scheduler.IdleWaitTime = OnTheWall(IdleWait, clock));
            quartz.UsePersistentStore(store =>
            {
                store.UseSqlite(new SqliteConnectionStringBuilder { DataSource = file }.ToString());
                store.ProvisionSchema();
                store.ConfigureStore(options =>
                {
                    options.MisfireThreshold = OnTheWall(MisfireThreshold, clock);
                    options.MisfireHandlerFrequency = OnTheWall(MisfireThreshold, clock);
                });
            });
        });
        services.AddHostedService<PipelineCalendar>();
        services.AddQuartzHostedService(static host => host.WaitForJobsToComplete = true);
    }

    /// <summary>The business time that lasts so long on the wall: Quartz waits in business time, and must not look more often because the clock is fast.</summary>
    private static TimeSpan OnTheWall(TimeSpan wall, IBusinessClock clock)
    {
        var business = wall * Math.Max(1, clock.Scale);
        return business < LongestWait ? business : LongestWait;
    }
}

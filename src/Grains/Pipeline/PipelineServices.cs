using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http.Resilience;
using Microsoft.Extensions.Options;
using Polly;
using Recoup.Pipeline.Alerts;
using Recoup.Pipeline.Monitors;
using Recoup.Pipeline.Reconciliation;
using Recoup.Pipeline.Steps;

namespace Recoup.Pipeline;

/// <summary>Registers what the pipeline's grains need. The host adds a dbt runner, the lake, and what reads the log and the grains' books.</summary>
public static class PipelineServices
{
    /// <summary>Tries again after about 1, 2, 4 and 8 seconds; then the grain keeps the alert and comes back.</summary>
    private const int RetriesMax = 4;

    /// <param name="services">The container.</param>
    /// <param name="alerts">The settings as they are at start: a channel that is not configured is not there.</param>
    public static IServiceCollection AddPipelineGrains(this IServiceCollection services, AlertOptions alerts)
    {
        ArgumentNullException.ThrowIfNull(alerts);
        return services.AddSteps().AddMonitors().AddAlertChannels(alerts);
    }

    /// <summary>In this order they run.</summary>
    private static IServiceCollection AddSteps(this IServiceCollection services) => services
        .AddSingleton<IPipelineStep, TransformationsStep>()
        .AddSingleton<IPipelineStep, MaintenanceStep>()
        .AddSingleton<IPipelineStep, MonitorsStep>();

    private static IServiceCollection AddMonitors(this IServiceCollection services) => services
        .AddSingleton<LakeReader>()
        .AddSingleton<MonitorTable>()
        .AddSingleton<ValidationProgress>()
        .AddSingleton<IWorkflowGauge, TemporalWorkflowGauge>()
        .AddSingleton<IMonitor, QuarantinedChargesMonitor>()
        .AddSingleton<IMonitor, QuarantineSummaryMonitor>()
        .AddSingleton<IMonitor, ValidationFlagRateMonitor>()
        .AddSingleton<IMonitor, FreshnessMonitor>()
        .AddSingleton<IMonitor, KafkaLagMonitor>()
        .AddSingleton<IMonitor, ValidationBackPressureMonitor>()
        .AddSingleton<IMonitor, IcebergWritesMonitor>()
        .AddSingleton<IMonitor, IcebergFilesMonitor>()
        .AddSingleton<IMonitor, ValidationPassRateMonitor>()
        .AddSingleton<IMonitor, WorkflowsMonitor>()
        .AddSingleton<IMonitor, PaymentSuccessMonitor>()
        .AddSingleton<IMonitor, RecoveryRateMonitor>()
        .AddSingleton<IMonitor, AnomaliesMonitor>()
        .AddSingleton<IMonitor, ReconciliationMonitor>()
        .AddSingleton<IMonitor, LayerReconciliationMonitor>();

    private static IServiceCollection AddAlertChannels(this IServiceCollection services, AlertOptions alerts)
    {
        services.AddSingleton<IAlertChannel, LogChannel>().AddSingleton<IAlertChannel, TopicChannel>();
        if (alerts.HasWebhook)
        {
            services.AddAlertWebhook(alerts.WebhookTimeout);
        }

        return services;
    }

    /// <summary>Retries what may succeed later (time-outs, 408, 429, 5xx), with pauses that grow and differ from one sender to the next.</summary>
    internal static IServiceCollection AddAlertWebhook(this IServiceCollection services, TimeSpan timeout)
    {
        services.AddHttpClient(nameof(WebhookChannel)).AddResilienceHandler("alerts", (pipeline, context) =>
        {
            pipeline.TimeProvider = context.ServiceProvider.GetService<TimeProvider>();
            pipeline.AddRetry(new HttpRetryStrategyOptions
            {
                MaxRetryAttempts = RetriesMax,
                BackoffType = DelayBackoffType.Exponential,
                Delay = TimeSpan.FromSeconds(1),
                UseJitter = true,
            });
            pipeline.AddTimeout(timeout);
        });
        return services.AddSingleton<IAlertChannel>(static provider => new WebhookChannel(
            provider.GetRequiredService<IHttpClientFactory>().CreateClient(nameof(WebhookChannel)),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<IOptions<PipelineOptions>>()));
    }
}

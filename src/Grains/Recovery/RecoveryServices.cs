using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Recoup.Events;
using Recoup.Payments;
using Temporalio.Client;
using Temporalio.Converters;
using Temporalio.Extensions.Hosting;

namespace Recoup.Recovery;

/// <summary>Registers the payment grains' needs and the recovery worker, which runs in the silo.</summary>
public static class RecoveryServices
{
    public static IServiceCollection AddPayments(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddOptions<PaymentOptions>().ValidateOnStart();
        services.AddSingleton<IValidateOptions<PaymentOptions>, PaymentOptionsValidator>();
        services.AddEventPublishing();
        return services;
    }

    /// <summary>Call it after whatever starts the embedded server: hosted services start in the order of their registration.</summary>
    public static IServiceCollection AddRecovery(this IServiceCollection services, Action<RecoveryOptions> configure)
    {
        services.AddOptions<RecoveryOptions>().Configure(configure).ValidateOnStart();
        services.AddSingleton<IValidateOptions<RecoveryOptions>, RecoveryOptionsValidator>();
        services.AddTemporalClient();
        services.AddOptions<TemporalClientConnectOptions>().Configure<IOptions<RecoveryOptions>>((client, recovery) =>
        {
            client.TargetHost = recovery.Value.Address;
            client.Namespace = recovery.Value.Namespace;

            // The Temporal UI shows inputs and results: in the words that the API uses.
            client.DataConverter = DataConverter.Default with { PayloadConverter = new DefaultPayloadConverter(RecoupJson.Options) };
            client.Identity = $"recoup@{Environment.MachineName}";
        });
        services.AddSingleton<IRecoveryLauncher, TemporalRecoveryLauncher>();
        services.AddHostedService<TemporalConnection>();
        services.AddHostedTemporalWorker(RecoveryOptions.TaskQueue)

            // It listens to every task that the process schedules, grains' too, to catch a workflow that leaves its scheduler: a third of all that the
            // silo allocates. The workers of the workflow tests keep it on, and catch it there.
            .ConfigureOptions(worker => worker.DisableWorkflowTracingEventListener = true)
            .AddSingletonActivities<RecoveryActivities>()
            .AddWorkflow<RecoverPaymentWorkflow>();
        return services;
    }
}

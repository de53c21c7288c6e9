using Microsoft.Extensions.Diagnostics.HealthChecks;
using Orleans.Storage;
using Recoup.Silo.Hosting;
using Recoup.Storage.Sqlite;

namespace Recoup.Silo.Http.Health;

/// <summary>Ready while the file is open and no failure has ended its writes.</summary>
internal sealed class StorageHealth([FromKeyedServices(ActorHosting.StorageName)] IGrainStorage storage) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken) => Task.FromResult(
        storage is SqliteGrainStorage { IsReady: false } closed
            ? HealthCheckResult.Unhealthy(closed.Fault?.Message ?? "The file is not open.")
            : HealthCheckResult.Healthy());
}

using System.Text.Json;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Recoup.Silo.Http.Health;

/// <summary><c>/health/live</c>: the process answers. <c>/health/ready</c>: payments are taken, or 503 and why not.</summary>
internal static class HealthEndpoints
{
    public static void AddRecoupHealth(this IServiceCollection services) => services.AddHealthChecks()
        .AddCheck<StorageHealth>("storage")
        .AddCheck<SiloHealth>("silo");

    public static void MapRecoupHealth(this IEndpointRouteBuilder app)
    {
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = static _ => false, ResponseWriter = WriteAsync });
        app.MapHealthChecks("/health/ready", new HealthCheckOptions { ResponseWriter = WriteAsync });
    }

    private static Task WriteAsync(HttpContext context, HealthReport report)
    {
        if (report.Status == HealthStatus.Unhealthy)
        {
            context.Response.Headers.RetryAfter = "2";
        }

        var checks = report.Entries.ToDictionary(static entry => entry.Key, static entry => entry.Value.Description ?? entry.Value.Status.ToString());
        return context.Response.WriteAsJsonAsync(
            new { status = report.Status == HealthStatus.Unhealthy ? "unhealthy" : "healthy", checks }, JsonSerializerOptions.Web);
    }
}

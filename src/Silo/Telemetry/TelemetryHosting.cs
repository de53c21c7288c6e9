using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Recoup.Silo.Telemetry;

/// <summary>Metrics at <c>/metrics</c> always; traces, and metrics too, over OTLP where <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> says where to.</summary>
internal static class TelemetryHosting
{
    public static void AddTelemetry(this WebApplicationBuilder builder)
    {
        var hasCollector = !string.IsNullOrEmpty(builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]);
        var telemetry = builder.Services.AddOpenTelemetry().ConfigureResource(static resource => resource.AddService("recoup"));
        telemetry.WithMetrics(metrics =>
        {
            metrics.AddMeter("Recoup.*", "Microsoft.Orleans", "Temporalio.*")
                .AddAspNetCoreInstrumentation()
                .AddRuntimeInstrumentation()
                .AddPrometheusExporter();
            if (hasCollector)
            {
                metrics.AddOtlpExporter();
            }
        });
        if (hasCollector)
        {
            telemetry.WithTracing(static traces => traces
                .AddSource("Recoup.*", "Microsoft.Orleans.*", "Temporalio.*")
                .AddAspNetCoreInstrumentation()
                .AddOtlpExporter());
        }
    }
}

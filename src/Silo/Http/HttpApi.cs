using Orleans.Dashboard;
using Recoup.Silo.Http.Health;
using Recoup.Silo.Http.Problems;
using Recoup.Silo.Http.Security;
using Recoup.Silo.Http.Webhooks;
using Recoup.Silo.Http.WorkflowPages;
using Recoup.Silo.Settings;

namespace Recoup.Silo.Http;

/// <summary>Everything on port 8080: a file a feature, put together here.</summary>
internal static class HttpApi
{
    public static void AddHttpApi(this WebApplicationBuilder builder, RecoupSettings settings)
    {
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(settings.Http.IPAddress, settings.Http.Port);
        });
        builder.Services.ConfigureHttpJsonOptions(static json => ApiJson.Apply(json.SerializerOptions));
        builder.Services.AddProblemDetails();
        builder.Services.AddExceptionHandler<UnavailableHandler>();
        builder.Services.AddOpenApi();
        builder.Services.AddRecoupHealth();
    }

    public static void UseHttpApi(this WebApplication app, RecoupSettings settings)
    {
        // From .NET 10 on, what a handler answers is not logged unless one asks for it.
        app.UseExceptionHandler(new ExceptionHandlerOptions { SuppressDiagnosticsCallback = static _ => false });
        app.UseStatusCodePages();
        app.UseMiddleware<BrowserGuard>();
        app.UseMiddleware<ApiKeyGuard>();

        app.MapSubmitPayment();
        app.MapPayments();
        app.MapRefunds();
        app.MapCards();
        app.MapCustomers();
        app.MapStrategyPreview();
        app.MapWebhooks();
        app.MapRecoupHealth();
        app.MapWorkflowPages(settings);
        app.MapOpenApi();
        app.MapPrometheusScrapingEndpoint("/metrics");
        app.MapOrleansDashboard(routePrefix: "/dashboard");
    }
}

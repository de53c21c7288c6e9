using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Recoup.Webhooks;

namespace Recoup.Silo.Http.Webhooks;

/// <summary><c>POST /webhooks/stripe</c> and <c>POST /webhooks/square</c>.</summary>
public static class WebhookEndpoints
{
    /// <summary>Binds sections <c>Stripe</c> and <c>Square</c> and adds what the endpoints and the inbox need.</summary>
    public static IServiceCollection AddWebhooks(this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddOptions<StripeWebhookOptions>().Bind(configuration.GetSection(StripeWebhookOptions.Section)).ValidateOnStart();
        services.AddOptions<SquareWebhookOptions>().Bind(configuration.GetSection(SquareWebhookOptions.Section)).ValidateOnStart();
        services.AddWebhookInbox(configuration);
        services.AddSingleton<IValidateOptions<StripeWebhookOptions>, StripeWebhookOptionsValidator>();
        services.AddSingleton<IValidateOptions<SquareWebhookOptions>, SquareWebhookOptionsValidator>();
        services.AddSingleton<StripeSignature>();
        services.AddSingleton<SquareSignature>();
        services.AddSingleton<WebhookIntake>();
        return services;
    }

    /// <summary>The providers sign what they send, so these paths need no API key.</summary>
    public static IEndpointConventionBuilder MapWebhooks(this IEndpointRouteBuilder endpoints)
    {
        var webhooks = endpoints.MapGroup("/webhooks").WithTags("Webhooks");
        webhooks.MapPost("/stripe", (HttpContext context, WebhookIntake intake, StripeSignature signature) => intake.TakeAsync(ProviderEvents.Stripe, signature, context))
            .WithSummary("Takes one event of Stripe in.").WithAnswers();
        webhooks.MapPost("/square", (HttpContext context, WebhookIntake intake, SquareSignature signature) => intake.TakeAsync(ProviderEvents.Square, signature, context))
            .WithSummary("Takes one event of Square in.").WithAnswers();
        return webhooks;
    }

    private static void WithAnswers(this RouteHandlerBuilder endpoint) => endpoint
        .Produces(StatusCodes.Status200OK)
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
        .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
}

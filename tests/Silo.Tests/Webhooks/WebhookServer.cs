using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Recoup.Silo.Http.Webhooks;
using Recoup.Webhooks;

namespace Recoup.Silo.Tests.Webhooks;

/// <summary>The webhook endpoints on a free port, with fake inboxes behind them and a clock that stands.</summary>
internal sealed class WebhookServer : IAsyncDisposable
{
    public const string StripeSecret = "whsec_test_one";
    public const string SquareKey = "square_key_one";
    public const string NotificationUrl = "https://example.com/webhooks/square";

    private readonly WebApplication application;
    private readonly HttpClient client;

    private WebhookServer(WebApplication application)
    {
        this.application = application;
        client = new HttpClient { BaseAddress = new Uri(application.Urls.Single()) };
    }

    public FakeTimeProvider Time { get; private init; } = null!;

    public ConcurrentDictionary<string, WebhookEvent> Received { get; private init; } = null!;

    public ConcurrentQueue<string> Logs { get; private init; } = null!;

    public bool IsStorageBroken { get; set; }

    public static async Task<WebhookServer> StartAsync(params (string Name, string Value)[] settings)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Configuration.AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Name, (string?)setting.Value)));
        var (time, received, logs) = (new FakeTimeProvider(DateTimeOffset.FromUnixTimeSeconds(1_800_000_000)), new ConcurrentDictionary<string, WebhookEvent>(), new ConcurrentQueue<string>());
        WebhookServer? server = null;
        builder.Services.AddSingleton<TimeProvider>(time);
        builder.Services.AddSingleton(FakeInboxes.Create(received, () => server!.IsStorageBroken));
        builder.Services.AddWebhooks(builder.Configuration);
        builder.Logging.ClearProviders().SetMinimumLevel(LogLevel.Debug).AddProvider(new QueueLogger(logs));
        var application = builder.Build();
        application.MapWebhooks();
        await application.StartAsync();
        server = new WebhookServer(application) { Time = time, Received = received, Logs = logs };
        return server;
    }

    /// <summary>With one secret for each provider.</summary>
    public static Task<WebhookServer> StartConfiguredAsync() => StartAsync(
        ("Stripe:WebhookSecret", StripeSecret), ("Square:SignatureKey", SquareKey), ("Square:NotificationUrl", NotificationUrl));

    public Task<HttpResponseMessage> PostStripeAsync(string body, string secret = StripeSecret, DateTimeOffset? signedAt = null)
    {
        var timestamp = (signedAt ?? Time.GetUtcNow()).ToUnixTimeSeconds();
        var signature = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"{timestamp}.{body}")));
        return PostAsync("/webhooks/stripe", new StringContent(body, Encoding.UTF8, "application/json"), "Stripe-Signature", $"t={timestamp},v1={signature}");
    }

    public Task<HttpResponseMessage> PostSquareAsync(string body, string key = SquareKey)
    {
        var signature = Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(NotificationUrl + body)));
        return PostAsync("/webhooks/square", new StringContent(body, Encoding.UTF8, "application/json"), "x-square-hmacsha256-signature", signature);
    }

    public Task<HttpResponseMessage> PostAsync(string path, HttpContent content, string? header = null, string? value = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
        if (header is not null)
        {
            request.Headers.TryAddWithoutValidation(header, value);
        }

        return client.SendAsync(request);
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await application.DisposeAsync();
    }

    private sealed class QueueLogger(ConcurrentQueue<string> logs) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            logs.Enqueue($"{formatter(state, exception)} {exception}");

        public void Dispose()
        {
        }
    }
}

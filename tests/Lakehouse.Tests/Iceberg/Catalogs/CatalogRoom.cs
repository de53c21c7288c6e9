using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Recoup.Lakehouse.Iceberg.Catalogs;
using Recoup.Lakehouse.Iceberg.Rest;

namespace Recoup.Lakehouse.Tests.Iceberg.Catalogs;

/// <summary>A catalog of either kind over a lake of its own. The REST one gives tokens for client credentials and answers nobody without.</summary>
internal sealed class CatalogRoom : IAsyncDisposable
{
    private WebApplication? application;
    private HttpClient? http;

    public Lake Lake { get; } = new();

    public ICatalog Catalog { get; private set; } = null!;

    /// <summary>The next commit is done, and its answer is a 502 of a proxy.</summary>
    public bool LosesNextCommitAnswer { get; set; }

    public static async Task<CatalogRoom> OpenAsync(string kind, string credential = "client:secret")
    {
        var room = new CatalogRoom();
        room.Catalog = kind is "sqlite" ? room.Lake.Catalog : await room.ServeAsync(credential);
        return room;
    }

    public async ValueTask DisposeAsync()
    {
        http?.Dispose();
        if (application is not null)
        {
            await application.DisposeAsync();
        }

        Lake.Dispose();
    }

    private async Task<ICatalog> ServeAsync(string credential)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        application = builder.Build();
        application.Use(RequireTokenAsync);
        application.MapPost("/iceberg/v1/oauth/tokens", GiveToken);
        application.MapIcebergRest("/iceberg", Lake.Catalog);
        await application.StartAsync();
        var address = application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        http = new HttpClient();
        return new RestCatalog(new RestCatalogConnection(http, new RestCatalogAddress(new Uri($"{address}/iceberg"), "wh", credential), Lake.Clock), Lake.Storage);
    }

    private static async Task<IResult> GiveToken(HttpRequest request)
    {
        var form = await request.ReadFormAsync();
        var isKnown = form["grant_type"] == "client_credentials" && form["client_id"] == "client" && form["client_secret"] == "secret";
        return isKnown ? Results.Json(new { access_token = "token", token_type = "bearer", expires_in = 60 }) : Results.StatusCode(401);
    }

    private async Task RequireTokenAsync(HttpContext context, RequestDelegate next)
    {
        if (!context.Request.Path.Value!.EndsWith("/oauth/tokens", StringComparison.Ordinal) && context.Request.Headers.Authorization != "Bearer token")
        {
            context.Response.StatusCode = 401;
            return;
        }

        if (LosesNextCommitAnswer && context.Request.Method is "POST")
        {
            LosesNextCommitAnswer = false;
            var answer = context.Response.Body;
            context.Response.Body = Stream.Null;
            context.Response.OnStarting(() =>
            {
                context.Response.StatusCode = 502;
                context.Response.ContentLength = 0;
                return Task.CompletedTask;
            });
            await next(context);
            context.Response.Body = answer;
            return;
        }

        await next(context);
    }
}

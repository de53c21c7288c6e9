using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Recoup.Lakehouse.Iceberg.Catalogs;
using Recoup.Lakehouse.Iceberg.Rest;

namespace Recoup.Lakehouse.Tests.Iceberg.Rest;

/// <summary>The REST endpoint on a free port of the loopback.</summary>
internal sealed class RestServer : IAsyncDisposable
{
    private readonly WebApplication application;

    private RestServer(WebApplication application) => this.application = application;

    /// <summary>What a client is given: <c>/v1</c> comes behind it.</summary>
    public string Uri => application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First() + "/iceberg";

    public static async Task<RestServer> StartAsync(ICatalog catalog)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var application = builder.Build();
        application.MapIcebergRest("/iceberg", catalog);
        await application.StartAsync();
        return new RestServer(application);
    }

    public async ValueTask DisposeAsync() => await application.DisposeAsync();
}

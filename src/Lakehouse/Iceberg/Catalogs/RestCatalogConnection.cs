using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Recoup.Lakehouse.Iceberg.Metadata;

namespace Recoup.Lakehouse.Iceberg.Catalogs;

/// <summary>Where a REST catalog is and who asks.</summary>
/// <param name="Uri">The address that clients are given; <c>/v1</c> is added.</param>
/// <param name="Warehouse">The warehouse's name in the catalog; empty where it has one only.</param>
/// <param name="Credential">OAuth2 client credentials as <c>client:secret</c>; empty where none are asked for.</param>
/// <param name="Scope">The OAuth2 scope.</param>
public sealed record RestCatalogAddress(Uri Uri, string Warehouse = "", string Credential = "", string Scope = "PRINCIPAL_ROLE:ALL");

/// <summary>Sends requests to a REST catalog: finds its prefix, keeps an access token, and turns error answers into refusals.</summary>
public sealed class RestCatalogConnection(HttpClient http, RestCatalogAddress address, TimeProvider clock) : IDisposable
{
    private readonly RestAccessToken? token = address.Credential.Length is 0 ? null : new RestAccessToken(http, address, clock);
    private readonly SemaphoreSlim first = new(1, 1);
    private Configuration? configuration;

    internal TimeProvider Clock => clock;

    /// <summary>Whether the catalog names the endpoint; one that names none is taken to have those of the first versions.</summary>
    internal async Task<bool> OffersAsync(string endpoint, CancellationToken cancellation) =>
        (await ConfigurationAsync(cancellation)).Endpoints is not { } endpoints || endpoints.Contains(endpoint, StringComparer.Ordinal);

    internal async Task<T> SendAsync<T>(HttpMethod method, string path, object? body, CancellationToken cancellation) =>
        (await SendAsync(method, path, body, cancellation)).Deserialize<T>(MetadataJson.Options)!;

    internal async Task<JsonElement> SendAsync(HttpMethod method, string path, object? body, CancellationToken cancellation)
    {
        var prefix = (await ConfigurationAsync(cancellation)).Prefix;
        return await SendToAsync(method, $"{prefix}{path}", body, cancellation);
    }

    /// <summary>Sends a commit. An answer that is lost or says nothing for sure leaves it unknown whether the commit happened.</summary>
    internal async Task<JsonElement> SendCommitAsync(string path, object body, CancellationToken cancellation)
    {
        try
        {
            return await SendAsync(HttpMethod.Post, path, body, cancellation);
        }
        catch (IcebergException failure) when (failure.Failure is IcebergFailure.Unavailable)
        {
            throw new IcebergException(IcebergFailure.CommitStateUnknown, $"The commit may have happened: {failure.Message}", failure);
        }
    }

    public void Dispose()
    {
        first.Dispose();
        token?.Dispose();
    }

    private async Task<Configuration> ConfigurationAsync(CancellationToken cancellation)
    {
        if (configuration is not null)
        {
            return configuration;
        }

        await first.WaitAsync(cancellation);
        try
        {
            var query = address.Warehouse.Length is 0 ? "" : $"?warehouse={Uri.EscapeDataString(address.Warehouse)}";
            return configuration ??= (await SendToAsync(HttpMethod.Get, $"config{query}", null, cancellation)).Deserialize<Configuration>(MetadataJson.Options)!;
        }
        finally
        {
            first.Release();
        }
    }

    private async Task<JsonElement> SendToAsync(HttpMethod method, string path, object? body, CancellationToken cancellation)
    {
        try
        {
            using var answer = await SendOnceAsync(method, path, body, cancellation);
            if (answer.StatusCode is HttpStatusCode.Unauthorized && token is not null)
            {
                token.Forget(); // It may have been revoked before its time.
                using var again = await SendOnceAsync(method, path, body, cancellation);
                return await RestCatalogErrors.ReadAsync(again, cancellation);
            }

            return await RestCatalogErrors.ReadAsync(answer, cancellation);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException || (exception is TaskCanceledException && !cancellation.IsCancellationRequested))
        {
            throw new IcebergException(IcebergFailure.Unavailable, $"The catalog at {address.Uri} did not answer: {exception.Message}", exception);
        }
    }

    private async Task<HttpResponseMessage> SendOnceAsync(HttpMethod method, string path, object? body, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(method, $"{address.Uri.AbsoluteUri.TrimEnd('/')}/v1/{path}");
        request.Content = body is null ? null : JsonContent.Create(body, body.GetType(), options: MetadataJson.Options);
        if (token is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await token.GetAsync(cancellation));
        }

        return await http.SendAsync(request, cancellation);
    }

    private sealed record Configuration(
        IReadOnlyDictionary<string, string>? Defaults, IReadOnlyDictionary<string, string>? Overrides, IReadOnlyList<string>? Endpoints)
    {
        public string Prefix => (Overrides?.GetValueOrDefault("prefix") ?? Defaults?.GetValueOrDefault("prefix")) is { Length: > 0 } prefix
            ? Uri.EscapeDataString(prefix) + "/"
            : "";
    }
}

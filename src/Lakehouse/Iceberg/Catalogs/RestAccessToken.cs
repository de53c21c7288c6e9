using System.Net.Http.Json;
using System.Text.Json;

namespace Recoup.Lakehouse.Iceberg.Catalogs;

/// <summary>An OAuth2 access token from client credentials, asked for again shortly before it ends. Neither it nor the secret is logged.</summary>
internal sealed class RestAccessToken(HttpClient http, RestCatalogAddress address, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan DefaultLife = TimeSpan.FromHours(1);
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(30);
    private static readonly JsonSerializerOptions SnakeCase = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };
    private readonly SemaphoreSlim callers = new(1, 1);
    private (string Text, DateTimeOffset EndsAt)? current;

    public async Task<string> GetAsync(CancellationToken cancellation)
    {
        await callers.WaitAsync(cancellation);
        try
        {
            if (current is not { } known || known.EndsAt <= clock.GetUtcNow() + Margin)
            {
                current = known = await AskAsync(cancellation);
            }

            return known.Text;
        }
        finally
        {
            callers.Release();
        }
    }

    public void Forget() => current = null;

    public void Dispose() => callers.Dispose();

    private async Task<(string Text, DateTimeOffset EndsAt)> AskAsync(CancellationToken cancellation)
    {
        if (address.Credential.Split(':', 2) is not [var client, var secret])
        {
            throw IcebergException.Invalid("The credential of the catalog is not of the form client:secret.");
        }

        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials",
            ["client_id"] = client,
            ["client_secret"] = secret,
            ["scope"] = address.Scope,
        });
        using var answer = await http.PostAsync(new Uri($"{address.Uri.AbsoluteUri.TrimEnd('/')}/v1/oauth/tokens"), form, cancellation);
        if (!answer.IsSuccessStatusCode)
        {
            throw new IcebergException(IcebergFailure.NotAuthorised, $"The catalog at {address.Uri} gave no token for the client '{client}': {(int)answer.StatusCode}.");
        }

        var token = await answer.Content.ReadFromJsonAsync<TokenAnswer>(SnakeCase, cancellation);
        var life = token!.ExpiresIn is { } seconds ? TimeSpan.FromSeconds(seconds) : DefaultLife;
        return (token.AccessToken, clock.GetUtcNow() + life);
    }

    private sealed record TokenAnswer(string AccessToken, long? ExpiresIn);
}

using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using Recoup.Silo.Settings;

namespace Recoup.Silo.Http.Security;

/// <summary>
/// Asks for an API key (<c>X-Api-Key</c>, or <c>Authorization: Bearer</c>) once one is set. Webhooks carry a signature instead, and health checks come
/// from where no key is kept.
/// </summary>
internal sealed class ApiKeyGuard
{
    private const string Header = "X-Api-Key";
    private const string Scheme = "Bearer ";

    private readonly RequestDelegate next;
    private readonly byte[][] keyHashes;

    public ApiKeyGuard(RequestDelegate next, IOptions<HttpOptions> options)
    {
        this.next = next;
        keyHashes = [.. options.Value.ApiKeyList.Select(Hash)];
    }

    public Task InvokeAsync(HttpContext context)
    {
        if (keyHashes.Length == 0 || IsExempt(context.Request.Path) || IsKnown(SentKey(context.Request)))
        {
            return next(context);
        }

        context.Response.Headers.WWWAuthenticate = "Bearer";
        return Results.Problem(
            statusCode: StatusCodes.Status401Unauthorized,
            title: "An API key is required.",
            detail: $"Send one of Http__ApiKeys in the header {Header}, or as Authorization: Bearer.").ExecuteAsync(context);
    }

    private static bool IsExempt(PathString path) => path.StartsWithSegments("/webhooks") || path.StartsWithSegments("/health");

    private static string? SentKey(HttpRequest request)
    {
        if (RequestBody.Header(request, Header) is { } key)
        {
            return key;
        }

        var authorization = RequestBody.Header(request, "Authorization");
        return authorization?.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) == true ? authorization[Scheme.Length..].Trim() : null;
    }

    /// <summary>Compares with every key, each in constant time, over hashes: neither length nor place of a difference shows in the time it takes.</summary>
    private bool IsKnown(string? key)
    {
        if (key is null)
        {
            return false;
        }

        var sent = Hash(key);
        var known = false;
        foreach (var hash in keyHashes)
        {
            known |= CryptographicOperations.FixedTimeEquals(hash, sent);
        }

        return known;
    }

    private static byte[] Hash(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}

using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Xml.Linq;
using Amazon.Runtime;
using Amazon.S3;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Recoup.Lakehouse.Tests.Iceberg.Storage;

/// <summary>
/// A store that speaks as much of S3 as tables need, in memory, with path style: put with <c>If-None-Match: *</c>, get, delete, list in pages. Both
/// framings of aws-chunked bodies are decoded, since a store that keeps them as they come writes garbage.
/// </summary>
internal sealed class SmallS3 : IAsyncDisposable
{
    private const int PageSize = 3; // Small, so that listing has to turn pages.
    private readonly ConcurrentDictionary<string, (byte[] Bytes, DateTimeOffset ModifiedAt)> objects = new(StringComparer.Ordinal);
    private readonly WebApplication application;

    private SmallS3()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        application = builder.Build();
        application.Run(AnswerAsync);
    }

    public IReadOnlyCollection<string> Keys => [.. objects.Keys.Order(StringComparer.Ordinal)];

    /// <summary>Values of <c>x-amz-content-sha256</c> that were seen: they name the framing.</summary>
    public ConcurrentBag<string> Framings { get; } = [];

    public ConcurrentBag<string> UnconditionalPuts { get; } = [];

    public string Uri => application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();

    public static async Task<SmallS3> StartAsync()
    {
        var server = new SmallS3();
        await server.application.StartAsync();
        return server;
    }

    public AmazonS3Client Client() => new(
        new BasicAWSCredentials("key", "secret"),
        new AmazonS3Config { ServiceURL = Uri, ForcePathStyle = true, AuthenticationRegion = "us-east-1" });

    public async ValueTask DisposeAsync() => await application.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        var key = System.Uri.UnescapeDataString(context.Request.Path.Value!.TrimStart('/'));
        switch (context.Request.Method)
        {
            case "PUT":
                await PutAsync(context, key);
                break;
            case "GET" when context.Request.Query.ContainsKey("list-type"):
                await ListAsync(context, key.TrimEnd('/'));
                break;
            case "GET" or "HEAD":
                await GetAsync(context, key);
                break;
            case "DELETE":
                objects.TryRemove(key, out _);
                context.Response.StatusCode = 204;
                break;
            default:
                context.Response.StatusCode = 501;
                break;
        }
    }

    private async Task PutAsync(HttpContext context, string key)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var framing = context.Request.Headers["x-amz-content-sha256"].ToString();
        Framings.Add(framing);
        var bytes = framing.StartsWith("STREAMING-", StringComparison.Ordinal) ? AwsChunks.Decode(body.ToArray()) : body.ToArray();
        if (context.Request.Headers.IfNoneMatch != "*")
        {
            UnconditionalPuts.Add(key);
        }

        context.Response.StatusCode = objects.TryAdd(key, (bytes, DateTimeOffset.UtcNow)) ? 200 : 412;
        if (context.Response.StatusCode is 412)
        {
            await context.Response.WriteAsync("<Error><Code>PreconditionFailed</Code><Message>There is one.</Message></Error>");
        }
        else
        {
            context.Response.Headers.ETag = $"\"{Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes))[..32]}\"";
        }
    }

    private async Task GetAsync(HttpContext context, string key)
    {
        if (!objects.TryGetValue(key, out var found))
        {
            context.Response.StatusCode = 404;
            await context.Response.WriteAsync("<Error><Code>NoSuchKey</Code><Message>There is none.</Message></Error>");
            return;
        }

        context.Response.ContentLength = found.Bytes.Length;
        context.Response.Headers.LastModified = found.ModifiedAt.ToString("R", CultureInfo.InvariantCulture);
        await context.Response.Body.WriteAsync(found.Bytes);
    }

    private async Task ListAsync(HttpContext context, string bucket)
    {
        var prefix = $"{bucket}/{context.Request.Query["prefix"]}";
        var after = context.Request.Query["continuation-token"].ToString();
        var found = objects.Where(pair => pair.Key.StartsWith(prefix, StringComparison.Ordinal) && string.CompareOrdinal(pair.Key, after) > 0)
            .OrderBy(pair => pair.Key, StringComparer.Ordinal).Take(PageSize + 1).ToArray();
        var page = found.Take(PageSize).ToArray();
        var answer = new XElement("ListBucketResult", new XElement("Name", bucket), new XElement("IsTruncated", found.Length > PageSize ? "true" : "false"));
        answer.Add(page.Select(pair => new XElement("Contents",
            new XElement("Key", pair.Key[(bucket.Length + 1)..]),
            new XElement("LastModified", pair.Value.ModifiedAt.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture)),
            new XElement("Size", pair.Value.Bytes.Length))));
        if (found.Length > PageSize)
        {
            answer.Add(new XElement("NextContinuationToken", page[^1].Key));
        }

        context.Response.ContentType = "application/xml";
        await context.Response.WriteAsync(answer.ToString(), Encoding.UTF8);
    }
}

/// <summary>The aws-chunked framing: a length in hexadecimal digits, perhaps a signature, the bytes; after the last chunk perhaps checksums.</summary>
internal static class AwsChunks
{
    public static byte[] Decode(byte[] body)
    {
        using var decoded = new MemoryStream();
        var position = 0;
        while (true)
        {
            var end = Array.IndexOf(body, (byte)'\n', position);
            var header = Encoding.ASCII.GetString(body, position, end - position).TrimEnd('\r').Split(';')[0];
            var length = int.Parse(header, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            if (length is 0)
            {
                return decoded.ToArray();
            }

            decoded.Write(body, end + 1, length);
            position = end + 1 + length + 2;
        }
    }
}

using System.Net;
using System.Runtime.CompilerServices;
using Amazon.S3;
using Amazon.S3.Model;

namespace Recoup.Lakehouse.Iceberg.Storage;

/// <summary>
/// Tables in S3 or a store that speaks its protocol. Every new object is put with <c>If-None-Match: *</c>, so that two writers can never share a name.
/// DuckDB works on a local copy: data files are written locally and uploaded, and fetched once to be read.
/// </summary>
/// <param name="client">The store; path style for anything but AWS.</param>
/// <param name="warehouse">The folder of all tables, <c>s3://bucket/prefix</c>.</param>
/// <param name="copies">Where the local copies are.</param>
public sealed class S3Storage(IAmazonS3 client, string warehouse, LocalCopies copies) : ITableStorage
{
    public string Warehouse { get; } = warehouse.TrimEnd('/');

    public async Task<byte[]> ReadAsync(string location, CancellationToken cancellation)
    {
        using var answer = await GetAsync(location, cancellation);
        using var bytes = new MemoryStream();
        await answer.ResponseStream.CopyToAsync(bytes, cancellation);
        return bytes.ToArray();
    }

    public async Task WriteNewAsync(string location, ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        using var content = new MemoryStream(bytes.ToArray(), writable: false);
        await PutNewAsync(location, request => request.InputStream = content, cancellation);
    }

    public string StagingPath(string location) => copies.StagingPath(location);

    public async Task PublishAsync(string stagingPath, string location, CancellationToken cancellation)
    {
        await PutNewAsync(location, request => request.FilePath = stagingPath, cancellation);
        copies.Keep(stagingPath, location); // Whoever reads it next finds it here.
    }

    public async Task<string> LocalPathAsync(string location, CancellationToken cancellation)
    {
        if (copies.Find(location) is { } path)
        {
            return path;
        }

        using var answer = await GetAsync(location, cancellation);
        return await copies.AddAsync(location, answer.ResponseStream, cancellation);
    }

    public async IAsyncEnumerable<StoredFile> ListAsync(string folder, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var (bucket, prefix) = Parse(folder + "/");
        var request = new ListObjectsV2Request { BucketName = bucket, Prefix = prefix };
        do
        {
            var page = await client.ListObjectsV2Async(request, cancellation);
            foreach (var found in page.S3Objects ?? [])
            {
                if (!found.Key.EndsWith('/')) // Some programs put empty objects in the place of folders.
                {
                    yield return new StoredFile($"s3://{bucket}/{found.Key}", found.LastModified ?? DateTime.MaxValue, found.Size ?? 0);
                }
            }

            request.ContinuationToken = page.NextContinuationToken;
        }
        while (request.ContinuationToken is not null);
    }

    public async Task DeleteAsync(string location, CancellationToken cancellation)
    {
        var (bucket, key) = Parse(location);
        await client.DeleteObjectAsync(bucket, key, cancellation);
        copies.Remove(location);
    }

    private async Task<GetObjectResponse> GetAsync(string location, CancellationToken cancellation)
    {
        var (bucket, key) = Parse(location);
        try
        {
            return await client.GetObjectAsync(bucket, key, cancellation);
        }
        catch (AmazonS3Exception exception) when (exception.StatusCode is HttpStatusCode.NotFound)
        {
            throw new FileNotFoundException($"There is no object at {location}.", location, exception);
        }
    }

    private async Task PutNewAsync(string location, Action<PutObjectRequest> content, CancellationToken cancellation)
    {
        var (bucket, key) = Parse(location);
        var request = new PutObjectRequest { BucketName = bucket, Key = key, IfNoneMatch = "*", AutoCloseStream = false };
        content(request);
        try
        {
            await client.PutObjectAsync(request, cancellation);
        }
        catch (AmazonS3Exception exception) when (exception.StatusCode is HttpStatusCode.PreconditionFailed or HttpStatusCode.Conflict)
        {
            throw new IOException($"There is an object at {location} already.", exception);
        }
    }

    private static (string Bucket, string Key) Parse(string location)
    {
        var scheme = location.IndexOf("://", StringComparison.Ordinal);
        var slash = scheme < 0 ? -1 : location.IndexOf('/', scheme + 3);
        return slash > 0 && location[..scheme] is "s3" or "s3a" or "s3n"
            ? (location[(scheme + 3)..slash], location[(slash + 1)..])
            : throw IcebergException.Unsupported($"location '{location}' in a warehouse in S3");
    }
}

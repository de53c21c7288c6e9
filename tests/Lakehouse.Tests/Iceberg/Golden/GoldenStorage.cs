using Recoup.Lakehouse.Iceberg.Storage;

namespace Recoup.Lakehouse.Tests.Iceberg.Golden;

/// <summary>The golden tables name locations in S3 that lie in a folder here; nothing is written.</summary>
internal sealed class GoldenStorage(string folder) : ITableStorage
{
    private const string Prefix = "s3://recoup-golden/wh/";

    public string Warehouse => Prefix.TrimEnd('/');

    public string PathOf(string location) => location.StartsWith(Prefix, StringComparison.Ordinal)
        ? Path.Combine(folder, location[Prefix.Length..])
        : throw new InvalidOperationException($"{location} is not below {Prefix}.");

    public Task<byte[]> ReadAsync(string location, CancellationToken cancellation) => File.ReadAllBytesAsync(PathOf(location), cancellation);

    public Task<string> LocalPathAsync(string location, CancellationToken cancellation) => Task.FromResult(PathOf(location));

    public Task WriteNewAsync(string location, ReadOnlyMemory<byte> bytes, CancellationToken cancellation) => throw new NotSupportedException();

    public string StagingPath(string location) => throw new NotSupportedException();

    public Task PublishAsync(string stagingPath, string location, CancellationToken cancellation) => throw new NotSupportedException();

    public IAsyncEnumerable<StoredFile> ListAsync(string folder, CancellationToken cancellation) => throw new NotSupportedException();

    public Task DeleteAsync(string location, CancellationToken cancellation) => throw new NotSupportedException();
}

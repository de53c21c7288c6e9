using Recoup.Lakehouse.Iceberg.Storage;

namespace Recoup.Lakehouse.Tests.Dbt.Warehouses;

/// <summary>Lets a rival come between the reading of a table and the commit: before a data file is published.</summary>
internal sealed class HookedStorage(ITableStorage inner, HookedStorage.Hook hook) : ITableStorage
{
    public string Warehouse => inner.Warehouse;

    public Task<byte[]> ReadAsync(string location, CancellationToken cancellation) => inner.ReadAsync(location, cancellation);

    public Task WriteNewAsync(string location, ReadOnlyMemory<byte> bytes, CancellationToken cancellation) => inner.WriteNewAsync(location, bytes, cancellation);

    public string StagingPath(string location) => inner.StagingPath(location);

    public async Task PublishAsync(string stagingPath, string location, CancellationToken cancellation)
    {
        if (hook.BeforePublish is { } rival)
        {
            await rival();
        }

        await inner.PublishAsync(stagingPath, location, cancellation);
    }

    public Task<string> LocalPathAsync(string location, CancellationToken cancellation) => inner.LocalPathAsync(location, cancellation);

    public IAsyncEnumerable<StoredFile> ListAsync(string folder, CancellationToken cancellation) => inner.ListAsync(folder, cancellation);

    public Task DeleteAsync(string location, CancellationToken cancellation) => inner.DeleteAsync(location, cancellation);

    internal sealed class Hook
    {
        public Func<Task>? BeforePublish { get; set; }
    }
}

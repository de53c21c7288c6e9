using Recoup.Lakehouse.Iceberg.Storage;

namespace Recoup.Lakehouse.Tests.Iceberg.Storage;

/// <summary>Dies at one of the steps that change something: before it, or after it with the answer lost. From then on every step fails, as after a kill.</summary>
internal sealed class FaultyStorage(ITableStorage inner) : ITableStorage
{
    private int steps;

    /// <summary>The step that dies, counted from 1; 0 for none.</summary>
    public int DiesAt { get; set; }

    public bool DiesAfterTheStep { get; set; }

    public bool HasDied => DiesAt > 0 && steps >= DiesAt;

    public string Warehouse => inner.Warehouse;

    public Task<byte[]> ReadAsync(string location, CancellationToken cancellation) => inner.ReadAsync(location, cancellation);

    public Task WriteNewAsync(string location, ReadOnlyMemory<byte> bytes, CancellationToken cancellation) =>
        StepAsync(() => inner.WriteNewAsync(location, bytes, cancellation));

    public string StagingPath(string location) => inner.StagingPath(location);

    public Task PublishAsync(string stagingPath, string location, CancellationToken cancellation) =>
        StepAsync(() => inner.PublishAsync(stagingPath, location, cancellation));

    public Task<string> LocalPathAsync(string location, CancellationToken cancellation) => inner.LocalPathAsync(location, cancellation);

    public IAsyncEnumerable<StoredFile> ListAsync(string folder, CancellationToken cancellation) => inner.ListAsync(folder, cancellation);

    public Task DeleteAsync(string location, CancellationToken cancellation) => StepAsync(() => inner.DeleteAsync(location, cancellation));

    private async Task StepAsync(Func<Task> step)
    {
        var number = DiesAt is 0 ? 0 : Interlocked.Increment(ref steps);
        if (DiesAt is 0 || number < DiesAt || (number == DiesAt && DiesAfterTheStep))
        {
            await step();
        }

        if (DiesAt > 0 && number >= DiesAt)
        {
            throw new KilledException();
        }
    }
}

internal sealed class KilledException : Exception;

namespace Recoup.Client.Simulate;

/// <summary>A file with one acknowledged payment id a line. An id is in it only once the silo has said that the payment is on disk.</summary>
internal sealed class AcknowledgementRecord(TextWriter? writer) : IDisposable
{
    private readonly Lock writing = new();

    /// <summary>Appends to the file; with null nothing is recorded.</summary>
    public static AcknowledgementRecord Open(string? path) => new(path is null ? null : new StreamWriter(path, append: true));

    /// <summary>Written and handed to the operating system before this returns.</summary>
    public void Add(string paymentId)
    {
        if (writer is null)
        {
            return;
        }

        lock (writing)
        {
            writer.WriteLine(paymentId);
            writer.Flush();
        }
    }

    public void Dispose() => writer?.Dispose();
}

namespace Recoup.Streaming.Kafka.Consuming;

/// <summary>One record that was read; done when every subscriber has it, or the dead letters do.</summary>
internal sealed class ReadOffset(long offset)
{
    private volatile bool isDone;

    public long Offset { get; } = offset;

    public bool IsDone => isDone;

    /// <summary>May be called from any thread.</summary>
    public void Done() => isDone = true;
}

/// <summary>
/// How far a partition is delivered: the offset to commit is the first that is not done, so that whatever order records are done in, a restart delivers
/// every other one again.
/// </summary>
internal sealed class DeliveryProgress
{
    private readonly Queue<ReadOffset> open = new();

    /// <summary>The offset to go on from after a restart; null while nothing was read.</summary>
    public long? NextOffset { get; private set; }

    public int Open => open.Count;

    public ReadOffset Read(long offset)
    {
        var read = new ReadOffset(offset);
        NextOffset ??= offset;
        open.Enqueue(read);
        return read;
    }

    /// <summary>Moves past what is done.</summary>
    public long? Advance()
    {
        while (open.TryPeek(out var first) && first.IsDone)
        {
            NextOffset = open.Dequeue().Offset + 1;
        }

        return NextOffset;
    }
}

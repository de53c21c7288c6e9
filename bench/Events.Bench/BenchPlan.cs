namespace Recoup.Events.Bench;

/// <summary>What is measured, and for how long.</summary>
internal sealed record BenchPlan
{
    /// <summary>Streams of the delivery to grains that are active already.</summary>
    public const int Streams = 200;

    /// <summary>Wall time of each measurement.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>Wall time of publishing before the first measurement: the runtime compiles the hot path again, faster, while it runs.</summary>
    public required TimeSpan WarmUp { get; init; }

    /// <summary>How many publish at once, and how many events each call has.</summary>
    public required IReadOnlyList<Shape> Shapes { get; init; }

    /// <summary>Events a second of the delivery; 0 leaves it out.</summary>
    public required int DeliveryRate { get; init; }

    /// <summary>The broker's data, on the disk to be measured.</summary>
    public required string Folder { get; init; }
}

/// <param name="Publishers">How many publish at once.</param>
/// <param name="Batch">Events of one awaited call.</param>
internal sealed record Shape(int Publishers, int Batch);

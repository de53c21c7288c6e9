namespace Recoup.Events.Bench.Grains;

/// <summary>An event of about 500 bytes as JSON.</summary>
[GenerateSerializer, Immutable, Alias("recoup.bench-event")]
public sealed record BenchEvent
{
    private static readonly string Padding = new('x', 400);

    [Id(0)] public required long Number { get; init; }

    /// <summary>The machine's monotonic clock at the call of <c>OnNextAsync</c>; publisher and subscriber share the process.</summary>
    [Id(1)] public long PublishedAt { get; init; }
    [Id(2)] public string Text { get; init; } = Padding;
}

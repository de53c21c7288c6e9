using System.Text.Json;

namespace Recoup.Events.Bench.Reporting;

/// <summary>The figures of one run.</summary>
internal sealed record BenchReport
{
    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public required double Seconds { get; init; }
    public required int Cores { get; init; }

    /// <summary>The machine's load over the last minute; null where the system does not tell.</summary>
    public required double? LoadBefore { get; init; }
    public double? LoadAfter { get; init; }

    /// <summary>One write of 600 bytes that is flushed, at the half of the tries.</summary>
    public required double FlushedWriteMilliseconds { get; init; }
    public required PublishFigures BrokerSingles { get; init; }
    public required PublishFigures BrokerPipelined { get; init; }
    public required IReadOnlyList<ShapeFigures> Published { get; init; }
    public required IReadOnlyList<DeliveryFigures> Delivered { get; init; }

    public string ToJson() => JsonSerializer.Serialize(this, Json);
}

/// <summary>The same number of awaited calls, by grains over the stream provider and by the client alone.</summary>
internal sealed record ShapeFigures(int Publishers, int Batch, PublishFigures Grains, PublishFigures Client);

/// <summary>Latencies are of one call, with all of its events.</summary>
internal sealed record PublishFigures
{
    public required double EventsPerSecond { get; init; }
    public required double P50Milliseconds { get; init; }
    public required double P99Milliseconds { get; init; }

    /// <summary>CPU time of this process an event, of one core.</summary>
    public required double CpuMicroseconds { get; init; }
    public required double BrokerCpuMicroseconds { get; init; }

    /// <summary>Managed memory of this process an event.</summary>
    public required double AllocatedBytes { get; init; }
}

/// <summary>From the call of <c>OnNextAsync</c> in the publisher to that in the subscriber.</summary>
internal sealed record DeliveryFigures
{
    public required string To { get; init; }

    /// <summary>What was reached, the last acknowledgement included.</summary>
    public required double EventsPerSecond { get; init; }
    public required double P50Milliseconds { get; init; }
    public required double P99Milliseconds { get; init; }

    /// <summary>Publisher, provider, pulling agent and subscriber.</summary>
    public required double CpuMicroseconds { get; init; }
    public required double BrokerCpuMicroseconds { get; init; }
}

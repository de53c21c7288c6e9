using System.Text.Json;

namespace Recoup.Payments.Bench.Reporting;

/// <summary>The figures of one run; what was not measured is null.</summary>
internal sealed record BenchReport
{
    private static readonly JsonSerializerOptions Json = new(RecoupJson.Options) { WriteIndented = true };

    public required double Seconds { get; init; }
    public required int Cores { get; init; }

    /// <summary>The machine's load over the last minute; null where the system does not tell.</summary>
    public double? LoadBefore { get; init; }
    public double? LoadAfter { get; init; }
    public StorageFigures? Storage { get; init; }
    public PingFigures? Ping { get; init; }
    public IReadOnlyList<PaymentFigures>? Payments { get; init; }
    public RecoveryFigures? Recoveries { get; init; }
    public PostgresFigures? Postgres { get; init; }

    public string ToJson() => JsonSerializer.Serialize(this, Json);
}

internal sealed record StorageFigures(int Writers, double WritesPerSecond, double P50Milliseconds, double P99Milliseconds, double DiskFlushesPerSecond);

internal sealed record PingFigures(int Clients, double CallsPerSecond, double P50Milliseconds, double P99Milliseconds);

internal sealed record PaymentFigures
{
    public required int Clients { get; init; }
    public required string Answers { get; init; }
    public required int Payments { get; init; }

    /// <summary>First attempts with their result on disk, over the time until the last one had it.</summary>
    public required double PaymentsPerSecond { get; init; }
    public required double AcknowledgedPerSecond { get; init; }
    public required double P50Milliseconds { get; init; }
    public required double P99Milliseconds { get; init; }
    public required double MaxMilliseconds { get; init; }

    /// <summary>From the last acknowledgement to the last first result.</summary>
    public required double DrainSeconds { get; init; }
    public required double PaymentWritesPerPayment { get; init; }

    /// <summary>Over all payments of the silo so far.</summary>
    public required long MostWritesOfOnePayment { get; init; }

    /// <summary>Rows of customers and cards too.</summary>
    public required double AllWritesPerPayment { get; init; }

    /// <summary>CPU time of the silo's process, of one core.</summary>
    public required double SiloCpuMicroseconds { get; init; }
    public required double LoadCpuMicroseconds { get; init; }
    public required double SiloAllocatedBytes { get; init; }
    public required double SiloGcPauseShare { get; init; }
}

internal sealed record RecoveryFigures
{
    public required int Submitted { get; init; }

    /// <summary>Payments that were declined, went through the recovery workflow, and have ended.</summary>
    public required long Recoveries { get; init; }

    /// <summary>Until nine tenths of them have ended.</summary>
    public required double RecoveriesPerSecond { get; init; }

    /// <summary>Until the last one has.</summary>
    public required double Seconds { get; init; }
    public required IReadOnlyDictionary<string, long> ByStatus { get; init; }
    public required double SiloCpuMilliseconds { get; init; }
}

internal sealed record PostgresFigures
{
    public string? SkippedBecause { get; init; }
    public int Clients { get; init; }
    public double PaymentsPerSecond { get; init; }
    public double P50Milliseconds { get; init; }
    public double P99Milliseconds { get; init; }
}

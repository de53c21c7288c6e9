namespace Recoup.Pipeline;

/// <summary>Something that somebody should look at, from when it was first seen until it is over.</summary>
[GenerateSerializer, Immutable, Alias("recoup.alert")]
public sealed record Alert
{
    /// <summary><c>{monitor}/{subject}/{number of the run that raised it}</c>: the key of its records in the topic <c>alerts</c>.</summary>
    [Id(0)] public required string AlertId { get; init; }

    /// <summary>The newest reading that was bad; the one that ended it once it is over.</summary>
    [Id(1)] public required Reading Reading { get; init; }

    /// <summary>The worst that was seen.</summary>
    [Id(2)] public required Severity Worst { get; init; }

    /// <summary>Business time.</summary>
    [Id(3)] public required DateTimeOffset RaisedAt { get; init; }

    /// <summary>Business time of the newest reading.</summary>
    [Id(4)] public required DateTimeOffset SeenAt { get; init; }

    /// <summary>Business time; null while it is open.</summary>
    [Id(5)] public DateTimeOffset? ResolvedAt { get; init; }

    /// <summary>Changes that were told of, which number its events.</summary>
    [Id(6)] public int EventCount { get; init; }

    public bool IsOpen => ResolvedAt is null;
}

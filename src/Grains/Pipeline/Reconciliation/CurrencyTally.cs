namespace Recoup.Pipeline.Reconciliation;

/// <summary>What grains and bronze have of one currency. Sums are minor units.</summary>
internal sealed record CurrencyTally(string Currency)
{
    /// <summary>Payments and subscriptions that both sides were asked for.</summary>
    public long Books { get; init; }

    /// <summary>Those that moved on between the two readings: bronze is ahead of what the grain had on disk. They are compared in the next run.</summary>
    public long Moving { get; init; }
    public long EventsPublished { get; init; }
    public long EventsInBronze { get; init; }

    /// <summary>Published, and not in bronze.</summary>
    public long EventsMissing { get; init; }

    /// <summary>Of ours, in quarantine. A damaged copy of an event whose original is in bronze counts here and not as missing.</summary>
    public long EventsQuarantined { get; init; }
    public long CollectedByGrains { get; init; }
    public long CollectedInBronze { get; init; }

    /// <summary>An id of one of the books that do not agree; for whoever looks deeper.</summary>
    public string? Example { get; init; }
}

/// <summary>The comparison of all books.</summary>
internal sealed record BookTally
{
    public IReadOnlyDictionary<string, CurrencyTally> ByCurrency { get; init; } = new Dictionary<string, CurrencyTally>();

    /// <summary>Keys in bronze or quarantine that no grain has: foreign and injected records, counted apart.</summary>
    public long ForeignBooks { get; init; }
    public long ForeignEvents { get; init; }
}

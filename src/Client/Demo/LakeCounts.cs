namespace Recoup.Client.Demo;

/// <summary>One topic and its two tables.</summary>
/// <param name="Topic">The topic.</param>
/// <param name="Table">The table in bronze.</param>
/// <param name="Records">Records in Kafka.</param>
/// <param name="Bronze">Rows that were accepted.</param>
/// <param name="Quarantine">Rows that were refused.</param>
/// <param name="Reasons">The refused ones by reasons, joined by <c>;</c>.</param>
internal sealed record TableCount(string Topic, string Table, long Records, long Bronze, long Quarantine, IReadOnlyDictionary<string, long> Reasons)
{
    /// <summary>Each record is in exactly one of the two tables.</summary>
    public bool IsReconciled => Records == Bronze + Quarantine;
}

/// <summary>What the validation made of the event log.</summary>
internal sealed record LakeCounts
{
    public required IReadOnlyList<TableCount> Tables { get; init; }

    /// <summary>Refused records that nobody injected, as <c>topic/partition/offset</c>: there must be none.</summary>
    public required IReadOnlyList<string> OwnQuarantined { get; init; }

    /// <summary>Injected records that were not refused for the reasons that were meant: there must be none.</summary>
    public required IReadOnlyList<string> Misjudged { get; init; }

    public long BronzeRows => Tables.Sum(table => table.Bronze);

    public long QuarantineRows => Tables.Sum(table => table.Quarantine);

    public bool IsGood => Tables.All(table => table.IsReconciled) && OwnQuarantined.Count == 0 && Misjudged.Count == 0;

    /// <summary>Compares the refused records with the injected ones.</summary>
    /// <param name="tables">What the tables hold.</param>
    /// <param name="quarantined">The reasons of each refused record, by where it lies.</param>
    /// <param name="injected">The reasons that each injected record was made for.</param>
    public static LakeCounts Of(IReadOnlyList<TableCount> tables, IReadOnlyDictionary<string, string> quarantined, IReadOnlyDictionary<string, string> injected) => new()
    {
        Tables = tables,
        OwnQuarantined = [.. quarantined.Keys.Where(address => !injected.ContainsKey(address)).Order(StringComparer.Ordinal)],
        Misjudged = [.. injected.Where(record => quarantined.GetValueOrDefault(record.Key) != record.Value).Select(record => record.Key)],
    };
}

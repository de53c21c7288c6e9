namespace Recoup.Gateways.Simulated.Ledger;

/// <summary>What the outside world is going to do: written with its cause, removed once it is done.</summary>
internal sealed class AgendaBook(LedgerStatement add, LedgerStatement remove, LedgerStatement due)
{
    /// <summary>Adds an item; one of this name that is still to be done stays as it is.</summary>
    public void Add(AgendaItem item) => add.Run(item.Name, item.Kind, item.DueAt.UtcTicks, item.Body);

    public void Remove(long agendaId) => remove.Run(agendaId);

    /// <summary>Items that are due, the oldest first.</summary>
    public List<AgendaItem> Due(DateTimeOffset now, int count) => due.All(
        row => new AgendaItem(row.Text(1), row.Text(2), new DateTimeOffset(row.Integer(3), TimeSpan.Zero), row.Text(4)) { AgendaId = row.Integer(0) },
        now.UtcTicks,
        count);
}

/// <param name="Name">Unique among what is still to be done.</param>
/// <param name="Kind">One of <c>AgendaKinds</c>.</param>
/// <param name="DueAt">Business time.</param>
/// <param name="Body">JSON, as the kind needs it.</param>
internal sealed record AgendaItem(string Name, string Kind, DateTimeOffset DueAt, string Body)
{
    public long AgendaId { get; init; }
}

using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;
using Recoup.Gateways.Simulated.World;

namespace Recoup.Gateways.Simulated.Ledger;

/// <summary>The deeds in memory, for every charge asks for them. One is added only after its commit.</summary>
internal sealed class DeedTable
{
    private readonly ConcurrentDictionary<(string Subject, DeedKind Kind), DateTimeOffset> deeds = new();

    public static DeedTable Load(SqliteConnection connection)
    {
        var table = new DeedTable();
        using var command = connection.CreateCommand();
        command.CommandText = "select subject, kind, done_at from deed";
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            table.Add(reader.GetString(0), Enum.GetValues<DeedKind>().Single(kind => Name(kind) == reader.GetString(1)), LedgerBook.Time(reader.GetString(2)));
        }

        return table;
    }

    public static string Name(DeedKind kind) => kind switch
    {
        DeedKind.CardUpdated => "card_updated",
        DeedKind.CvcEntered => "cvc_entered",
        DeedKind.Contacted => "contacted",
        _ => throw new InvalidOperationException($"Unknown deed {kind}."),
    };

    public void Add(string subject, DeedKind kind, DateTimeOffset at) => deeds[(subject, kind)] = at;

    public CustomerDeeds Of(string paymentId, string? cardId)
    {
        if (deeds.IsEmpty)
        {
            return CustomerDeeds.None;
        }

        return new CustomerDeeds(
            cardId is not null && deeds.TryGetValue((cardId, DeedKind.CardUpdated), out var at) ? at : null,
            deeds.ContainsKey((paymentId, DeedKind.CvcEntered)),
            deeds.ContainsKey((paymentId, DeedKind.Contacted)));
    }
}

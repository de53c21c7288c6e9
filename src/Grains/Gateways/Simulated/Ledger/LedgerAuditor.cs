using Microsoft.Data.Sqlite;
using Recoup.Simulation;

namespace Recoup.Gateways.Simulated.Ledger;

/// <summary>Reads the books as an auditor would: by SQL alone, on a connection of its own.</summary>
internal static class LedgerAuditor
{
    public static LedgerAudit Audit(GatewayLedger ledger)
    {
        using var connection = ledger.OpenReader();

        // One snapshot for all of the questions.
        using var transaction = connection.BeginTransaction(deferred: true);
        return new LedgerAudit
        {
            Charges = Count(connection, "kind = 'charge' and outcome = 'succeeded'"),
            Declines = Count(connection, "kind = 'charge' and outcome = 'declined'"),
            Refunds = Count(connection, "kind = 'refund' and outcome = 'succeeded'"),
            ChargedTwice = Rows(connection, LedgerSchema.ChargedTwice, row => row.Text(0)),
            NetMinor = Rows(connection, NetByCurrency, row => KeyValuePair.Create(row.Text(0), row.Integer(1))).ToDictionary(),
        };
    }

    private const string NetByCurrency =
        """
        select currency, sum(case kind when 'charge' then amount_minor else -amount_minor end)
        from ledger
        where outcome = 'succeeded'
        group by currency
        order by currency
        """;

    private static long Count(SqliteConnection connection, string condition) =>
        Rows(connection, $"select count(*) from ledger where {condition}", row => row.Integer(0)).Single();

    private static List<T> Rows<T>(SqliteConnection connection, string sql, Func<LedgerRow, T> read)
    {
        using var statement = new LedgerStatement(connection, sql);
        return statement.All(read);
    }
}

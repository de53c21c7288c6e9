using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Recoup.Gateways.Simulated.Ledger;

/// <summary>The books as the writer's thread sees them, inside its transaction. What throws here must throw before it writes.</summary>
internal sealed class LedgerBook : IDisposable
{
    private const string Columns =
        "idempotency_key, payment_id, kind, outcome, amount_minor, currency, created_at, provider, provider_reference, object_id, charge_id, "
        + "customer_id, merchant_id, card_id, failure_code, decline_code, network_code, advice_code";

    private readonly List<LedgerStatement> statements = [];
    private readonly LedgerStatement insert;
    private readonly LedgerStatement findByKey;
    private readonly LedgerStatement findCharge;
    private readonly LedgerStatement refunded;

    public LedgerBook(SqliteConnection connection)
    {
        insert = Prepare(connection, $"insert into ledger ({Columns}) "
            + "values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18) on conflict (idempotency_key) do nothing");
        findByKey = Prepare(connection, $"select {Columns} from ledger where idempotency_key = ?1");
        findCharge = Prepare(connection, $"select {Columns} from ledger where charge_id = ?1 and kind = 'charge'");
        refunded = Prepare(connection, "select coalesce(sum(amount_minor), 0) from ledger where charge_id = ?1 and kind = 'refund' and outcome = 'succeeded'");
        Deeds = new DeedBook(Prepare(connection, "insert into deed (subject, kind, done_at) values (?1, ?2, ?3) on conflict do update set done_at = excluded.done_at"));
        Messages = new MessageBook(Prepare(connection, "insert into message (message_id, payment_id, method, sent_at) values (?1, ?2, ?3, ?4) on conflict do nothing"));
        Agenda = new AgendaBook(
            Prepare(connection, "insert into agenda (name, kind, due_at, body) values (?1, ?2, ?3, ?4) on conflict (name) do nothing"),
            Prepare(connection, "delete from agenda where agenda_id = ?1"),
            Prepare(connection, "select agenda_id, name, kind, due_at, body from agenda where due_at <= ?1 order by due_at, agenda_id limit ?2"));
        Billings = new BillingBook(
            Prepare(connection, "insert into provider_payment (payment_id, provider, reference) values (?1, ?2, ?3) on conflict do nothing"),
            Prepare(connection, "select reference from provider_payment where payment_id = ?1"),
            Prepare(connection, "insert into billing (reference, body) values (?1, ?2) on conflict do nothing"),
            Prepare(connection, "select body from billing where reference = ?1"));
    }

    public DeedBook Deeds { get; }

    public MessageBook Messages { get; }

    public AgendaBook Agenda { get; }

    public BillingBook Billings { get; }

    /// <summary>The entry under this key; null when there is none.</summary>
    public LedgerEntry? Find(string idempotencyKey) => findByKey.First(Read, idempotencyKey);

    public LedgerEntry? FindCharge(string chargeId) => findCharge.First(Read, chargeId);

    /// <summary>What has gone back of a charge, minor units.</summary>
    public long RefundedMinor(string chargeId) => refunded.All(row => row.Integer(0), chargeId)[0];

    /// <summary>Writes the entry, or finds the one that stands under its key.</summary>
    /// <exception cref="InvalidOperationException">The key was used for another movement of money.</exception>
    public (LedgerEntry Entry, bool IsNew) Enter(LedgerEntry entry)
    {
        var isNew = insert.Run(
            entry.IdempotencyKey, entry.PaymentId, entry.Kind == EntryKind.Charge ? "charge" : "refund", entry.Succeeded ? "succeeded" : "declined",
            entry.AmountMinor, entry.Currency, Text(entry.CreatedAt), entry.Provider, entry.ProviderReference, entry.ObjectId, entry.ChargeId,
            entry.CustomerId, entry.MerchantId, entry.CardId, entry.FailureCode, entry.DeclineCode, entry.NetworkCode, entry.AdviceCode) == 1;
        if (isNew)
        {
            return (entry, true);
        }

        var existing = Find(entry.IdempotencyKey)!;
        return existing.AsksTheSameAs(entry)
            ? (existing, false)
            : throw new InvalidOperationException(
                $"The idempotency key {entry.IdempotencyKey} was used before for another payment, amount, currency or card: use a key of its own for each charge.");
    }

    public void Dispose()
    {
        foreach (var statement in statements)
        {
            statement.Dispose();
        }
    }

    internal static string Text(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture);

    internal static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    private LedgerStatement Prepare(SqliteConnection connection, string sql)
    {
        var statement = new LedgerStatement(connection, sql);
        statements.Add(statement);
        return statement;
    }

    private static LedgerEntry Read(LedgerRow row) => new()
    {
        IdempotencyKey = row.Text(0),
        PaymentId = row.Text(1),
        Kind = row.Text(2) == "charge" ? EntryKind.Charge : EntryKind.Refund,
        Succeeded = row.Text(3) == "succeeded",
        AmountMinor = row.Integer(4),
        Currency = row.Text(5),
        CreatedAt = Time(row.Text(6)),
        Provider = row.Text(7),
        ProviderReference = row.TextOrNull(8),
        ObjectId = row.Text(9),
        ChargeId = row.Text(10),
        CustomerId = row.TextOrNull(11),
        MerchantId = row.TextOrNull(12),
        CardId = row.TextOrNull(13),
        FailureCode = row.TextOrNull(14),
        DeclineCode = row.TextOrNull(15),
        NetworkCode = row.TextOrNull(16),
        AdviceCode = row.TextOrNull(17),
    };
}

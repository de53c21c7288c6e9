namespace Recoup.Gateways.Simulated.Ledger;

/// <summary>The tables of <c>gateway-ledger.db</c>: the books, what customers have done, what the outside world is still going to do.</summary>
internal static class LedgerSchema
{
    /// <summary>
    /// <c>synchronous=NORMAL</c>: in WAL mode a commit is in the operating system's hands when it is acknowledged, so a killed process loses
    /// nothing; only a power cut could take the last commits. An outside processor's books would not go down with our machine.
    /// </summary>
    public const string Pragmas =
        """
        pragma journal_mode = wal;
        pragma synchronous = normal;
        pragma cache_size = -65536;
        pragma wal_autocheckpoint = 4000;
        """;

    public const string Tables =
        """
        create table if not exists ledger (
          entry_id integer primary key,
          idempotency_key text not null unique,
          payment_id text not null,
          kind text not null check (kind in ('charge', 'refund')),
          outcome text not null check (outcome in ('succeeded', 'declined')),
          amount_minor integer not null check (amount_minor > 0),
          currency text not null,
          created_at text not null,
          provider text not null,
          provider_reference text,
          object_id text not null,
          charge_id text not null,
          customer_id text,
          merchant_id text,
          card_id text,
          failure_code text,
          decline_code text,
          network_code text,
          advice_code text
        );
        create index if not exists ledger_charge on ledger (charge_id);
        create table if not exists world (name text primary key, value text not null) without rowid;
        create table if not exists deed (
          subject text not null,
          kind text not null check (kind in ('card_updated', 'cvc_entered', 'contacted')),
          done_at text not null,
          primary key (subject, kind)
        ) without rowid;
        create table if not exists provider_payment (
          payment_id text primary key,
          provider text not null,
          reference text not null
        ) without rowid;
        create table if not exists billing (
          reference text primary key,
          body text not null
        ) without rowid;
        create table if not exists message (
          message_id text primary key,
          payment_id text not null,
          method text not null,
          sent_at text not null
        ) without rowid;
        create table if not exists agenda (
          agenda_id integer primary key,
          name text not null unique,
          kind text not null,
          due_at integer not null,
          body text not null
        );
        create index if not exists agenda_due on agenda (due_at);
        """;

    /// <summary>
    /// Payments with more than one charge that was not given back. A provider's payment is known by its reference too, because its first charge was
    /// made before Recoup had named it.
    /// </summary>
    public const string ChargedTwice =
        """
        select coalesce(provider_reference, payment_id) as payment
        from (
          select
            charge.payment_id,
            charge.provider_reference,
            charge.amount_minor - coalesce((
              select sum(refund.amount_minor) from ledger as refund
              where refund.charge_id = charge.charge_id and refund.kind = 'refund' and refund.outcome = 'succeeded'
            ), 0) as kept_minor
          from ledger as charge
          where charge.kind = 'charge' and charge.outcome = 'succeeded'
        )
        where kept_minor > 0
        group by 1
        having count(*) > 1
        order by 1
        """;
}

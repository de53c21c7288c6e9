create table payments (
  payment_id text primary key,
  idempotency_key text not null,
  customer_id text not null,
  card_id text,
  merchant_id text not null,
  amount_minor bigint not null check (amount_minor > 0),
  currency text not null,
  status text not null,
  charge_id text,
  metadata jsonb not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (merchant_id, idempotency_key)
);
create table outbox (
  id bigint generated always as identity primary key,
  topic text not null,
  message_key text not null,
  payload text not null,
  created_at timestamptz not null default now()
);

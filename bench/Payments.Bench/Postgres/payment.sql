\set number random(1, 9000000000000000)
\set customer random(1, 5000)
\set amount random(499, 19900)
insert into payments (payment_id, idempotency_key, customer_id, card_id, merchant_id, amount_minor, currency, status, metadata) values ('pay_bench_' || :number::bigint, 'bench-' || :number::bigint, 'cus_' || :customer::int, 'card_' || :customer::int, 'mer_bench', :amount, 'USD', 'charging', '{"order":"bench"}');
begin;
update payments set status = 'succeeded', charge_id = 'ch_' || :number::bigint, updated_at = now() where payment_id = 'pay_bench_' || :number::bigint;
insert into outbox (topic, message_key, payload) values ('payments.charges', 'pay_bench_' || :number::bigint, '{"event_type":"charge.succeeded","schema_version": 1,"customer_id":"cus_bench_1234","merchant_id":"mer_bench","provider":"recoup","amount_minor": 1999,"currency":"USD","card_id":"card_cus_bench_1234_1","card_network":"visa","card_country":"US","billing_country":"US","payment_method":"card","attempt": 1,"is_final": true,"fraud_score": 0.15}');
commit;

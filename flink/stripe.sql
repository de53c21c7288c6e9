-- providers.stripe -> bronze.stripe_payments + bronze.quarantine_stripe_payments
--
-- Stripe's own events, byte for byte as they came. Types that Recoup does not know go to bronze as well: only what every
-- event must have is required, and amount and currency are checked where the event has them (zero is allowed).
--
-- The steps are those of charges.sql, which explains them: a view is a macro to Flink, and TABLE(TUMBLE(...)) between
-- the views stops that a column is computed once for each mention and each table. It neither adds, drops nor delays a row.

-- A commit to both tables at each checkpoint: the interval is freshness against the number of files.
SET 'execution.runtime-mode' = 'streaming';
SET 'execution.checkpointing.interval' = '10 s';
SET 'execution.checkpointing.mode' = 'EXACTLY_ONCE';
-- At most the number of partitions of the topic.
SET 'parallelism.default' = '2';
SET 'table.local-time-zone' = 'UTC';
-- A quiet partition must not hold back the watermark.
SET 'table.exec.source.idle-timeout' = '10 s';
-- Rows are handed on, not copied, from step to step.
SET 'pipeline.object-reuse' = 'true';
SET 'pipeline.name' = 'validate-stripe';

CREATE CATALOG lake WITH (
  'type' = 'iceberg',
  'catalog-type' = 'rest',
  'uri' = 'http://catalog:8181',
  'warehouse' = 'lake'
);

-- BYTES, so that nothing is dropped or decoded on the way: a tombstone is NULL. The startup mode counts only when the
-- job starts without a checkpoint; later the checkpoint knows the offsets.
CREATE TEMPORARY TABLE stripe_source (
  `value`           BYTES,
  `kafka_topic`     STRING METADATA FROM 'topic' VIRTUAL,
  `kafka_partition` INT METADATA FROM 'partition' VIRTUAL,
  `kafka_offset`    BIGINT METADATA FROM 'offset' VIRTUAL,
  `kafka_timestamp` TIMESTAMP_LTZ(3) METADATA FROM 'timestamp' VIRTUAL,
  WATERMARK FOR `kafka_timestamp` AS `kafka_timestamp` - INTERVAL '5' SECOND
) WITH (
  'connector' = 'kafka',
  'topic' = 'providers.stripe',
  'properties.bootstrap.servers' = 'kafka:9092',
  'properties.group.id' = 'validate-stripe',
  'properties.isolation.level' = 'read_committed',
  'scan.startup.mode' = 'earliest-offset',
  'format' = 'raw'
);

CREATE TEMPORARY VIEW stripe_text AS
SELECT `value`, DECODE(`value`, 'UTF-8') AS `text`, kafka_topic, kafka_partition, kafka_offset, kafka_timestamp
FROM stripe_source;

-- IS JSON reads the first value and ignores what follows it, so '{}x' is JSON; inside brackets and braces it is not.
-- Bytes that are not UTF-8 are decoded to U+FFFD, so they do not survive the way back. Of equal keys the last counts.
CREATE TEMPORARY VIEW stripe_json AS
SELECT `value`, kafka_topic, kafka_partition, kafka_offset, kafka_timestamp, `text`,
  CASE WHEN `text` IS NULL THEN FALSE
       WHEN ENCODE(`text`, 'UTF-8') <> `value` THEN FALSE
       ELSE ('[' || `text` || ']') IS JSON AND ('{"":' || `text` || '}') IS JSON OBJECT END AS is_text,
  JSON_QUERY(JSON_QUERY(`text`, '$.keys()'), '$' RETURNING ARRAY<STRING>) AS keys,
  JSON_QUERY(`text`, '$.*' RETURNING ARRAY<STRING>) AS vals,
  JSON_QUERY(`text`, '$.data.object') AS event_object
FROM TABLE(TUMBLE(TABLE stripe_text, DESCRIPTOR(kafka_timestamp), INTERVAL '1' HOUR));

-- The object that the event is about, once parsed for its keys and once for its values.
CREATE TEMPORARY VIEW stripe_object AS
SELECT `value`, kafka_topic, kafka_partition, kafka_offset, kafka_timestamp, `text`,
  COALESCE(is_text, FALSE) AND keys IS NOT NULL AND vals IS NOT NULL AS is_json, keys, vals, event_object,
  JSON_QUERY(JSON_QUERY(event_object, '$.keys()'), '$' RETURNING ARRAY<STRING>) AS object_keys,
  JSON_QUERY(event_object, '$.*' RETURNING ARRAY<STRING>) AS object_vals
FROM TABLE(TUMBLE(TABLE stripe_json, DESCRIPTOR(kafka_timestamp), INTERVAL '1' HOUR));

-- What refers to another object is its id, or the object itself where the endpoint asked for it (expand).
CREATE TEMPORARY VIEW stripe_parts AS
SELECT `value`, kafka_topic, kafka_partition, kafka_offset, kafka_timestamp, `text`, is_json, event_object,
  vals[NULLIF(ARRAY_POSITION(keys, 'id'), 0)] AS event_id,
  vals[NULLIF(ARRAY_POSITION(keys, 'type'), 0)] AS event_type,
  vals[NULLIF(ARRAY_POSITION(keys, 'created'), 0)] AS created_at,
  object_vals[NULLIF(ARRAY_POSITION(object_keys, 'id'), 0)] AS object_id,
  object_vals[NULLIF(ARRAY_POSITION(object_keys, 'object'), 0)] AS object_type,
  object_vals[NULLIF(ARRAY_POSITION(object_keys, 'payment_intent'), 0)] AS payment_intent,
  object_vals[NULLIF(ARRAY_POSITION(object_keys, 'charge'), 0)] AS charge,
  object_vals[NULLIF(ARRAY_POSITION(object_keys, 'customer'), 0)] AS customer,
  object_vals[NULLIF(ARRAY_POSITION(object_keys, 'amount'), 0)] AS amount,
  object_vals[NULLIF(ARRAY_POSITION(object_keys, 'amount_due'), 0)] AS amount_due,
  object_vals[NULLIF(ARRAY_POSITION(object_keys, 'currency'), 0)] AS currency,
  object_vals[NULLIF(ARRAY_POSITION(object_keys, 'status'), 0)] AS `status`,
  object_vals[NULLIF(ARRAY_POSITION(object_keys, 'failure_code'), 0)] AS failure_code
FROM TABLE(TUMBLE(TABLE stripe_object, DESCRIPTOR(kafka_timestamp), INTERVAL '1' HOUR));

-- An invoice says what is due. A payment intent that failed tells why in last_payment_error.
CREATE TEMPORARY VIEW stripe_fields AS
SELECT `value`, kafka_topic, kafka_partition, kafka_offset, kafka_timestamp, `text`, is_json, event_id, event_type, created_at, object_id,
  COALESCE(CASE WHEN payment_intent LIKE '{%' THEN JSON_VALUE(payment_intent, '$.id') ELSE payment_intent END,
    CASE WHEN charge LIKE '{%' THEN JSON_VALUE(charge, '$.id') ELSE charge END,
    CASE WHEN object_type IN ('payment_intent', 'charge') THEN object_id END) AS payment_ref,
  CASE WHEN customer LIKE '{%' THEN JSON_VALUE(customer, '$.id') ELSE customer END AS customer_ref,
  COALESCE(amount, amount_due) AS amount_minor, currency, `status`,
  CASE WHEN failure_code IS NULL AND event_object LIKE '%last_payment_error%'
       THEN COALESCE(JSON_VALUE(event_object, '$.last_payment_error.decline_code'), JSON_VALUE(event_object, '$.last_payment_error.code'))
       ELSE failure_code END AS failure_code
FROM TABLE(TUMBLE(TABLE stripe_parts, DESCRIPTOR(kafka_timestamp), INTERVAL '1' HOUR));

-- Blanks are those of Unicode, which TRIM does not know. Most values need nothing and leave after one REGEXP (Flink keeps
-- the compiled patterns of REGEXP; those of REGEXP_EXTRACT and REGEXP_REPLACE it compiles for every row).
CREATE TEMPORARY VIEW stripe_clean AS
SELECT `value`, kafka_topic, kafka_partition, kafka_offset, kafka_timestamp, `text`, is_json,
  CASE WHEN NOT REGEXP(event_id, unclean) THEN event_id WHEN NOT REGEXP(event_id, nothing) THEN REGEXP_EXTRACT(event_id, inside, 1) END                 AS event_id,
  CASE WHEN NOT REGEXP(event_type, unclean) THEN event_type WHEN NOT REGEXP(event_type, nothing) THEN REGEXP_EXTRACT(event_type, inside, 1) END         AS event_type,
  CASE WHEN NOT REGEXP(created_at, unclean) THEN created_at WHEN NOT REGEXP(created_at, nothing) THEN REGEXP_EXTRACT(created_at, inside, 1) END         AS created_at,
  CASE WHEN NOT REGEXP(object_id, unclean) THEN object_id WHEN NOT REGEXP(object_id, nothing) THEN REGEXP_EXTRACT(object_id, inside, 1) END             AS object_id,
  CASE WHEN NOT REGEXP(payment_ref, unclean) THEN payment_ref WHEN NOT REGEXP(payment_ref, nothing) THEN REGEXP_EXTRACT(payment_ref, inside, 1) END     AS payment_ref,
  CASE WHEN NOT REGEXP(customer_ref, unclean) THEN customer_ref WHEN NOT REGEXP(customer_ref, nothing) THEN REGEXP_EXTRACT(customer_ref, inside, 1) END AS customer_ref,
  CASE WHEN NOT REGEXP(amount_minor, unclean) THEN amount_minor WHEN NOT REGEXP(amount_minor, nothing) THEN REGEXP_EXTRACT(amount_minor, inside, 1) END AS amount_minor,
  UPPER(CASE WHEN NOT REGEXP(currency, unclean) THEN currency WHEN NOT REGEXP(currency, nothing) THEN REGEXP_EXTRACT(currency, inside, 1) END)          AS currency,
  CASE WHEN NOT REGEXP(`status`, unclean) THEN `status` WHEN NOT REGEXP(`status`, nothing) THEN REGEXP_EXTRACT(`status`, inside, 1) END                 AS `status`,
  CASE WHEN NOT REGEXP(failure_code, unclean) THEN failure_code WHEN NOT REGEXP(failure_code, nothing) THEN REGEXP_EXTRACT(failure_code, inside, 1) END AS failure_code
FROM (
  SELECT *,
    '(?i)^[\x09-\x0D\x{85}\p{Z}\x{200B}\x{FEFF}"'']|[\x09-\x0D\x{85}\p{Z}\x{200B}\x{FEFF}]\z|^(null|none|nil|undefined|n/a|nan)?\z|^(null|none|nil|undefined|n/a|nan)[\x09-\x0D\x{85}\p{Z}\x{200B}\x{FEFF}"'']' AS unclean,
    '(?s)^[\x09-\x0D\x{85}\p{Z}\x{200B}\x{FEFF}]*(.*[^\x09-\x0D\x{85}\p{Z}\x{200B}\x{FEFF}])' AS inside,
    '(?i)^[\x09-\x0D\x{85}\p{Z}\x{200B}\x{FEFF}"'']*(null|none|nil|undefined|n/a|nan)?[\x09-\x0D\x{85}\p{Z}\x{200B}\x{FEFF}"'']*\z' AS nothing
  FROM TABLE(TUMBLE(TABLE stripe_fields, DESCRIPTOR(kafka_timestamp), INTERVAL '1' HOUR))
);

-- The local time and the offset apart: no cast of Flink reads an offset. Fractions keep six digits.
CREATE TEMPORARY VIEW stripe_timed AS
SELECT `value`, kafka_topic, kafka_partition, kafka_offset, kafka_timestamp, `text`, is_json,
  event_id, event_type, created_at, object_id, payment_ref, customer_ref, amount_minor, currency, `status`,
  failure_code,
  CASE WHEN REGEXP(created_at, '^[0-9]{1,12}$') THEN TO_TIMESTAMP_LTZ(CAST(created_at AS BIGINT), 0) END AS created_at_instant,
  CASE WHEN REGEXP(amount_minor, '^-?[0-9]{1,18}$') THEN CAST(amount_minor AS BIGINT) END AS amount
FROM TABLE(TUMBLE(TABLE stripe_clean, DESCRIPTOR(kafka_timestamp), INTERVAL '1' HOUR));

-- Iceberg keeps microseconds.
CREATE TEMPORARY VIEW stripe_utc AS
SELECT `value`, kafka_topic, kafka_partition, kafka_offset, kafka_timestamp, `text`, is_json, amount,
  event_id, event_type, created_at, object_id, payment_ref, customer_ref, amount_minor, currency, `status`,
  failure_code,
  CAST(created_at_instant AS TIMESTAMP_LTZ(6)) AS created_at_utc
FROM TABLE(TUMBLE(TABLE stripe_timed, DESCRIPTOR(kafka_timestamp), INTERVAL '1' HOUR));

-- A card number: as many digits as the network's cards have and its first digits, single blanks or dashes between them
-- allowed, no letter or digit right beside it (random ids have such runs). The Luhn digit is not checked here.
-- Of the whole event too, which bronze keeps; a plus right before the digits means a telephone number.
CREATE TEMPORARY VIEW stripe_reasons AS
SELECT `value`, kafka_topic, kafka_partition, kafka_offset, kafka_timestamp, `text`, amount,
  created_at_utc, event_id, event_type, object_id, payment_ref, customer_ref, currency, `status`, failure_code,
  CASE WHEN NOT is_json THEN 'malformed_json' ELSE NULLIF(CONCAT_WS(';',
      CASE WHEN event_id IS NULL THEN 'missing_event_id' WHEN SUBSTRING(event_id, 1, 1) IN ('{', '[') THEN 'invalid_event_id' END,
      CASE WHEN event_type IS NULL THEN 'missing_event_type' WHEN SUBSTRING(event_type, 1, 1) IN ('{', '[') THEN 'invalid_event_type' END,
      CASE WHEN created_at IS NULL THEN 'missing_created_at' WHEN created_at_utc IS NULL THEN 'invalid_created_at' END,
      CASE WHEN SUBSTRING(object_id, 1, 1) IN ('{', '[') THEN 'invalid_object_id' END,
      CASE WHEN SUBSTRING(payment_ref, 1, 1) IN ('{', '[') THEN 'invalid_payment_ref' END,
      CASE WHEN SUBSTRING(customer_ref, 1, 1) IN ('{', '[') THEN 'invalid_customer_ref' END,
      CASE WHEN NOT REGEXP(amount_minor, '^-?[0-9]+$') THEN 'invalid_amount_minor'
           WHEN (amount_minor IS NOT NULL AND amount IS NULL) OR amount < 0 OR amount > CASE WHEN currency = 'JPY' THEN 1000000 ELSE 100000000 END
             THEN 'amount_out_of_range' END,
      CASE WHEN currency NOT IN ('USD', 'CAD', 'GBP', 'EUR', 'JPY') THEN 'unsupported_currency' END,
      CASE WHEN SUBSTRING(`status`, 1, 1) IN ('{', '[') THEN 'invalid_status' END,
      CASE WHEN SUBSTRING(failure_code, 1, 1) IN ('{', '[') THEN 'invalid_failure_code' END,
      CASE WHEN REGEXP(`text`, card_in_event) OR REGEXP(CONCAT_WS('|', event_id, event_type, object_id, payment_ref, customer_ref, currency, `status`, failure_code),
          card_number) THEN 'card_number_present' END), '') END AS rejection_reason
FROM (
  SELECT *,
    '(^|[^0-9A-Za-z])(4([ -]?[0-9]){12}([ -]?[0-9][ -]?[0-9][ -]?[0-9]){0,2}|(5[ -]?[1-5]([ -]?[0-9]){2}|2[ -]?2[ -]?2[ -]?[1-9]|2[ -]?2[ -]?[3-9]([ -]?[0-9])|2[ -]?[3-6]([ -]?[0-9]){2}|2[ -]?7[ -]?[01]([ -]?[0-9])|2[ -]?7[ -]?2[ -]?0)([ -]?[0-9]){12}|3[ -]?[47]([ -]?[0-9]){13}|6[ -]?0[ -]?1[ -]?1([ -]?[0-9]){12,15}|6[ -]?4[ -]?[4-9]([ -]?[0-9]){13,16}|6[ -]?[25]([ -]?[0-9]){14,17}|3[ -]?5[ -]?(2[ -]?[89]|[3-8]([ -]?[0-9]))([ -]?[0-9]){12,15}|3[ -]?0[ -]?[0-5]([ -]?[0-9]){11,16}|3[ -]?[68]([ -]?[0-9]){12,17})($|[^0-9A-Za-z])' AS card_number,
    '(^|[^0-9A-Za-z+])(4([ -]?[0-9]){12}([ -]?[0-9][ -]?[0-9][ -]?[0-9]){0,2}|(5[ -]?[1-5]([ -]?[0-9]){2}|2[ -]?2[ -]?2[ -]?[1-9]|2[ -]?2[ -]?[3-9]([ -]?[0-9])|2[ -]?[3-6]([ -]?[0-9]){2}|2[ -]?7[ -]?[01]([ -]?[0-9])|2[ -]?7[ -]?2[ -]?0)([ -]?[0-9]){12}|3[ -]?[47]([ -]?[0-9]){13}|6[ -]?0[ -]?1[ -]?1([ -]?[0-9]){12,15}|6[ -]?4[ -]?[4-9]([ -]?[0-9]){13,16}|6[ -]?[25]([ -]?[0-9]){14,17}|3[ -]?5[ -]?(2[ -]?[89]|[3-8]([ -]?[0-9]))([ -]?[0-9]){12,15}|3[ -]?0[ -]?[0-5]([ -]?[0-9]){11,16}|3[ -]?[68]([ -]?[0-9]){12,17})($|[^0-9A-Za-z])' AS card_in_event
  FROM TABLE(TUMBLE(TABLE stripe_utc, DESCRIPTOR(kafka_timestamp), INTERVAL '1' HOUR))
);

-- One column, so that both inserts ask the shared steps for the same.
CREATE TEMPORARY VIEW stripe_packed AS
SELECT kafka_timestamp,
  ARRAY[ROW(
    `value`, `text`, kafka_topic, kafka_partition, kafka_offset, rejection_reason, amount, created_at_utc, event_id,
    event_type, object_id, payment_ref, customer_ref, currency, `status`, failure_code)] AS checked
FROM stripe_reasons;

CREATE TEMPORARY VIEW stripe_checked AS
SELECT r.*
FROM (SELECT checked FROM TABLE(TUMBLE(TABLE stripe_packed, DESCRIPTOR(kafka_timestamp), INTERVAL '1' HOUR))) CROSS JOIN UNNEST(checked) AS r (
  `value`, `text`, kafka_topic, kafka_partition, kafka_offset, rejection_reason, amount, created_at_utc, event_id,
  event_type, object_id, payment_ref, customer_ref, currency, `status`, failure_code);

EXECUTE STATEMENT SET BEGIN

INSERT INTO lake.bronze.stripe_payments (
  event_id, event_type, created_at, object_id, payment_ref, customer_ref, amount_minor, currency, `status`,
  failure_code, raw_event, kafka_topic, kafka_partition, kafka_offset, ingested_at)
SELECT
  event_id, event_type, created_at_utc, object_id, payment_ref, customer_ref, amount, currency, `status`,
  failure_code, `text`, kafka_topic, kafka_partition, kafka_offset, CURRENT_TIMESTAMP
FROM stripe_checked WHERE rejection_reason IS NULL;

-- ISO-8859-1 keeps every byte: the record stays as it is, in whatever encoding, but for card numbers. One that was found in
-- a column and may be spelled otherwise in the record (escaped digits) takes the whole record with it.
INSERT INTO lake.bronze.quarantine_stripe_payments (
  raw_record, kafka_topic, kafka_partition, kafka_offset, quarantined_at, rejection_reason, payment_id, event_id)
SELECT
  ENCODE(CASE WHEN rejection_reason LIKE '%card_number_present%'
               AND (NOT REGEXP(DECODE(`value`, 'ISO-8859-1'), card_number) OR REGEXP(DECODE(`value`, 'ISO-8859-1'), '\\u003[0-9]'))
              THEN '[card number removed]'
              ELSE REGEXP_REPLACE(DECODE(`value`, 'ISO-8859-1'), card_number, '[card number removed]') END, 'ISO-8859-1'),
  kafka_topic, kafka_partition, kafka_offset, CURRENT_TIMESTAMP, rejection_reason,
  REGEXP_REPLACE(payment_ref, card_number, '[card number removed]'),
  REGEXP_REPLACE(event_id, card_number, '[card number removed]')
FROM (
  SELECT *,
    '(?<![0-9A-Za-z])(4([ -]?[0-9]){12}([ -]?[0-9][ -]?[0-9][ -]?[0-9]){0,2}|(5[ -]?[1-5]([ -]?[0-9]){2}|2[ -]?2[ -]?2[ -]?[1-9]|2[ -]?2[ -]?[3-9]([ -]?[0-9])|2[ -]?[3-6]([ -]?[0-9]){2}|2[ -]?7[ -]?[01]([ -]?[0-9])|2[ -]?7[ -]?2[ -]?0)([ -]?[0-9]){12}|3[ -]?[47]([ -]?[0-9]){13}|6[ -]?0[ -]?1[ -]?1([ -]?[0-9]){12,15}|6[ -]?4[ -]?[4-9]([ -]?[0-9]){13,16}|6[ -]?[25]([ -]?[0-9]){14,17}|3[ -]?5[ -]?(2[ -]?[89]|[3-8]([ -]?[0-9]))([ -]?[0-9]){12,15}|3[ -]?0[ -]?[0-5]([ -]?[0-9]){11,16}|3[ -]?[68]([ -]?[0-9]){12,17})(?![0-9A-Za-z])' AS card_number
  FROM stripe_checked WHERE rejection_reason IS NOT NULL
);

END;

-- providers.square -> bronze.square_payments + bronze.quarantine_square_payments
--
-- Square's own events, byte for byte as they came. Types that Recoup does not know go to bronze as well: only what every
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
SET 'pipeline.name' = 'validate-square';

CREATE CATALOG lake WITH (
  'type' = 'iceberg',
  'catalog-type' = 'rest',
  'uri' = 'http://catalog:8181',
  'warehouse' = 'lake'
);

-- BYTES, so that nothing is dropped or decoded on the way: a tombstone is NULL. The startup mode counts only when the
-- job starts without a checkpoint; later the checkpoint knows the offsets.
CREATE TEMPORARY TABLE square_source (
  `value`           BYTES,
  `kafka_topic`     STRING METADATA FROM 'topic' VIRTUAL,
  `kafka_partition` INT METADATA FROM 'partition' VIRTUAL,
  `kafka_offset`    BIGINT METADATA FROM 'offset' VIRTUAL,
  `kafka_timestamp` TIMESTAMP_LTZ(3) METADATA FROM 'timestamp' VIRTUAL,
  WATERMARK FOR `kafka_timestamp` AS `kafka_timestamp` - INTERVAL '5' SECOND
) WITH (
  'connector' = 'kafka',
  'topic' = 'providers.square',
  'properties.bootstrap.servers' = 'kafka:9092',
  'properties.group.id' = 'validate-square',
  'properties.isolation.level' = 'read_committed',
  'scan.startup.mode' = 'earliest-offset',
  'format' = 'raw'
);

CREATE TEMPORARY VIEW square_text AS
SELECT `value`, DECODE(`value`, 'UTF-8') AS `text`, kafka_topic, kafka_partition, kafka_offset, kafka_timestamp
FROM square_source;

-- IS JSON reads the first value and ignores what follows it, so '{}x' is JSON; inside brackets and braces it is not.
-- Bytes that are not UTF-8 are decoded to U+FFFD, so they do not survive the way back. Of equal keys the last counts.
CREATE TEMPORARY VIEW square_json AS
SELECT `value`, kafka_topic, kafka_partition, kafka_offset, kafka_timestamp, `text`,
  CASE WHEN `text` IS NULL THEN FALSE
       WHEN ENCODE(`text`, 'UTF-8') <> `value` THEN FALSE
       ELSE ('[' || `text` || ']') IS JSON AND ('{"":' || `text` || '}') IS JSON OBJECT END AS is_text,
  JSON_QUERY(JSON_QUERY(`text`, '$.keys()'), '$' RETURNING ARRAY<STRING>) AS keys,
  JSON_QUERY(`text`, '$.*' RETURNING ARRAY<STRING>) AS vals,
  JSON_QUERY(`text`, '$.data.object.*' RETURNING ARRAY<STRING>) AS objects,
  CASE WHEN `text` LIKE '%"data"%' THEN JSON_VALUE(`text`, '$.data.id') END AS data_id
FROM TABLE(TUMBLE(TABLE square_text, DESCRIPTOR(kafka_timestamp), INTERVAL '1' HOUR));

-- data.object holds one object, under the name of its kind (payment, refund, dispute, invoice).
CREATE TEMPORARY VIEW square_object AS
SELECT `value`, kafka_topic, kafka_partition, kafka_offset, kafka_timestamp, `text`,
  COALESCE(is_text, FALSE) AND keys IS NOT NULL AND vals IS NOT NULL AS is_json, keys, vals, data_id, objects[1] AS event_object,
  JSON_QUERY(JSON_QUERY(objects[1], '$.keys()'), '$' RETURNING ARRAY<STRING>) AS object_keys,
  JSON_QUERY(objects[1], '$.*' RETURNING ARRAY<STRING>) AS object_vals
FROM TABLE(TUMBLE(TABLE square_json, DESCRIPTOR(kafka_timestamp), INTERVAL '1' HOUR));

CREATE TEMPORARY VIEW square_parts AS
SELECT `value`, kafka_topic, kafka_partition, kafka_offset, kafka_timestamp, `text`, is_json, event_object, data_id,
  vals[NULLIF(ARRAY_POSITION(keys, 'event_id'), 0)] AS event_id,
  vals[NULLIF(ARRAY_POSITION(keys, 'type'), 0)] AS event_type,
  vals[NULLIF(ARRAY_POSITION(keys, 'created_at'), 0)] AS created_at,
  object_vals[NULLIF(ARRAY_POSITION(object_keys, 'payment_id'), 0)] AS payment_id,
  object_vals[NULLIF(ARRAY_POSITION(object_keys, 'disputed_payment'), 0)] AS disputed_payment,
  object_vals[NULLIF(ARRAY_POSITION(object_keys, 'order_id'), 0)] AS order_id,
  object_vals[NULLIF(ARRAY_POSITION(object_keys, 'customer_id'), 0)] AS customer_id,
  object_vals[NULLIF(ARRAY_POSITION(object_keys, 'primary_recipient'), 0)] AS primary_recipient,
  object_vals[NULLIF(ARRAY_POSITION(object_keys, 'amount_money'), 0)] AS amount_money,
  object_vals[NULLIF(ARRAY_POSITION(object_keys, 'payment_requests'), 0)] AS payment_requests,
  object_vals[NULLIF(ARRAY_POSITION(object_keys, 'status'), 0)] AS `status`,
  object_vals[NULLIF(ARRAY_POSITION(object_keys, 'state'), 0)] AS dispute_state
FROM TABLE(TUMBLE(TABLE square_object, DESCRIPTOR(kafka_timestamp), INTERVAL '1' HOUR));

-- A refund names its payment, a dispute the disputed one, a payment itself, an invoice its order. Amounts are pairs of number
-- and currency; an invoice has one for each request of payment, of which the first is taken.
CREATE TEMPORARY VIEW square_fields AS
SELECT `value`, kafka_topic, kafka_partition, kafka_offset, kafka_timestamp, `text`, is_json, event_id, event_type, created_at, data_id AS object_id,
  COALESCE(payment_id, JSON_VALUE(disputed_payment, '$.payment_id'),
    CASE WHEN event_type LIKE 'payment.%' THEN data_id ELSE order_id END) AS payment_ref,
  COALESCE(customer_id, JSON_VALUE(primary_recipient, '$.customer_id')) AS customer_ref,
  CASE WHEN amount_money IS NOT NULL THEN COALESCE(JSON_VALUE(amount_money, '$.amount'), JSON_QUERY(amount_money, '$.amount'))
       ELSE JSON_VALUE(payment_requests, '$[0].computed_amount_money.amount') END AS amount_minor,
  CASE WHEN amount_money IS NOT NULL THEN COALESCE(JSON_VALUE(amount_money, '$.currency'), JSON_QUERY(amount_money, '$.currency'))
       ELSE JSON_VALUE(payment_requests, '$[0].computed_amount_money.currency') END AS currency,
  COALESCE(`status`, dispute_state) AS `status`,
  CASE WHEN event_object LIKE '%errors%' THEN JSON_VALUE(event_object, '$.card_details.errors[0].code') END AS failure_code
FROM TABLE(TUMBLE(TABLE square_parts, DESCRIPTOR(kafka_timestamp), INTERVAL '1' HOUR));

-- Blanks are those of Unicode, which TRIM does not know. Most values need nothing and leave after one REGEXP (Flink keeps
-- the compiled patterns of REGEXP; those of REGEXP_EXTRACT and REGEXP_REPLACE it compiles for every row).
CREATE TEMPORARY VIEW square_clean AS
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
  FROM TABLE(TUMBLE(TABLE square_fields, DESCRIPTOR(kafka_timestamp), INTERVAL '1' HOUR))
);

-- The local time and the offset apart: no cast of Flink reads an offset. Fractions keep six digits.
CREATE TEMPORARY VIEW square_timed AS
SELECT `value`, kafka_topic, kafka_partition, kafka_offset, kafka_timestamp, `text`, is_json,
  event_id, event_type, created_at, object_id, payment_ref, customer_ref, amount_minor, currency, `status`,
  failure_code,
  CASE WHEN REGEXP(created_at, time_pattern)
       THEN TRY_CAST(REPLACE(SUBSTRING(created_at, 1, 19), 'T', ' ')
         || SUBSTRING(created_at, 20, LEAST(7, CHAR_LENGTH(created_at) - CASE WHEN created_at LIKE '%Z' THEN 20 ELSE 25 END)) AS TIMESTAMP(6)) END AS created_at_local,
  CASE WHEN REGEXP(created_at, '[+-][0-9]{2}:[0-9]{2}$')
       THEN (TRY_CAST(SUBSTRING(created_at, CHAR_LENGTH(created_at) - 4, 2) AS INT) * 60
           + TRY_CAST(SUBSTRING(created_at, CHAR_LENGTH(created_at) - 1) AS INT))
         * CASE WHEN SUBSTRING(created_at, CHAR_LENGTH(created_at) - 5, 1) = '-' THEN -1 ELSE 1 END
       ELSE 0 END AS created_at_offset,
  CASE WHEN REGEXP(amount_minor, '^-?[0-9]{1,18}$') THEN CAST(amount_minor AS BIGINT) END AS amount
FROM (
  SELECT *,
    '^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]([.][0-9]{1,9})?(Z|[+-](0[0-9]|1[0-4]):[0-5][0-9])$' AS time_pattern
  FROM TABLE(TUMBLE(TABLE square_clean, DESCRIPTOR(kafka_timestamp), INTERVAL '1' HOUR))
);

-- The date is compared because Flink makes 28 February of 30 February (as text: EXTRACT is a day off before 1970).
CREATE TEMPORARY VIEW square_utc AS
SELECT `value`, kafka_topic, kafka_partition, kafka_offset, kafka_timestamp, `text`, is_json, amount,
  event_id, event_type, created_at, object_id, payment_ref, customer_ref, amount_minor, currency, `status`,
  failure_code,
  CASE WHEN SUBSTRING(CAST(created_at_local AS STRING), 1, 10) = SUBSTRING(created_at, 1, 10)
        AND created_at_local - created_at_offset * INTERVAL '1' MINUTE
            BETWEEN TIMESTAMP '0001-01-01 00:00:00' AND TIMESTAMP '9999-12-31 23:59:59.999999'
       THEN CAST(created_at_local - created_at_offset * INTERVAL '1' MINUTE AS TIMESTAMP_LTZ(6)) END AS created_at_utc
FROM TABLE(TUMBLE(TABLE square_timed, DESCRIPTOR(kafka_timestamp), INTERVAL '1' HOUR));

-- A card number: as many digits as the network's cards have and its first digits, single blanks or dashes between them
-- allowed, no letter or digit right beside it (random ids have such runs). The Luhn digit is not checked here.
-- Of the whole event too, which bronze keeps; a plus right before the digits means a telephone number.
CREATE TEMPORARY VIEW square_reasons AS
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
  FROM TABLE(TUMBLE(TABLE square_utc, DESCRIPTOR(kafka_timestamp), INTERVAL '1' HOUR))
);

-- One column, so that both inserts ask the shared steps for the same.
CREATE TEMPORARY VIEW square_packed AS
SELECT kafka_timestamp,
  ARRAY[ROW(
    `value`, `text`, kafka_topic, kafka_partition, kafka_offset, rejection_reason, amount, created_at_utc, event_id,
    event_type, object_id, payment_ref, customer_ref, currency, `status`, failure_code)] AS checked
FROM square_reasons;

CREATE TEMPORARY VIEW square_checked AS
SELECT r.*
FROM (SELECT checked FROM TABLE(TUMBLE(TABLE square_packed, DESCRIPTOR(kafka_timestamp), INTERVAL '1' HOUR))) CROSS JOIN UNNEST(checked) AS r (
  `value`, `text`, kafka_topic, kafka_partition, kafka_offset, rejection_reason, amount, created_at_utc, event_id,
  event_type, object_id, payment_ref, customer_ref, currency, `status`, failure_code);

EXECUTE STATEMENT SET BEGIN

INSERT INTO lake.bronze.square_payments (
  event_id, event_type, created_at, object_id, payment_ref, customer_ref, amount_minor, currency, `status`,
  failure_code, raw_event, kafka_topic, kafka_partition, kafka_offset, ingested_at)
SELECT
  event_id, event_type, created_at_utc, object_id, payment_ref, customer_ref, amount, currency, `status`,
  failure_code, `text`, kafka_topic, kafka_partition, kafka_offset, CURRENT_TIMESTAMP
FROM square_checked WHERE rejection_reason IS NULL;

-- ISO-8859-1 keeps every byte: the record stays as it is, in whatever encoding, but for card numbers. One that was found in
-- a column and may be spelled otherwise in the record (escaped digits) takes the whole record with it.
INSERT INTO lake.bronze.quarantine_square_payments (
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
  FROM square_checked WHERE rejection_reason IS NOT NULL
);

END;

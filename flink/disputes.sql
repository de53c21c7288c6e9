-- payments.disputes -> bronze.payment_disputes + bronze.quarantine_payment_disputes
--
-- Every record of the topic ends in exactly one of the two tables. A dispute needs its own id, one of four statuses and an
-- amount above zero; the day until which evidence is due may be missing, but is a time when it is there.
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
SET 'pipeline.name' = 'validate-disputes';

CREATE CATALOG lake WITH (
  'type' = 'iceberg',
  'catalog-type' = 'rest',
  'uri' = 'http://catalog:8181',
  'warehouse' = 'lake'
);

-- BYTES, so that nothing is dropped or decoded on the way: a tombstone is NULL. The startup mode counts only when the
-- job starts without a checkpoint; later the checkpoint knows the offsets.
CREATE TEMPORARY TABLE disputes_source (
  `value`           BYTES,
  `kafka_topic`     STRING METADATA FROM 'topic' VIRTUAL,
  `kafka_partition` INT METADATA FROM 'partition' VIRTUAL,
  `kafka_offset`    BIGINT METADATA FROM 'offset' VIRTUAL,
  `kafka_timestamp` TIMESTAMP_LTZ(3) METADATA FROM 'timestamp' VIRTUAL,
  WATERMARK FOR `kafka_timestamp` AS `kafka_timestamp` - INTERVAL '5' SECOND
) WITH (
  'connector' = 'kafka',
  'topic' = 'payments.disputes',
  'properties.bootstrap.servers' = 'kafka:9092',
  'properties.group.id' = 'validate-disputes',
  'properties.isolation.level' = 'read_committed',
  'scan.startup.mode' = 'earliest-offset',
  'format' = 'raw'
);

CREATE TEMPORARY VIEW disputes_text AS
SELECT `value`, DECODE(`value`, 'UTF-8') AS `text`, kafka_topic, kafka_partition, kafka_offset, kafka_timestamp
FROM disputes_source;

-- IS JSON reads the first value and ignores what follows it, so '{}x' is JSON; inside brackets and braces it is not.
-- Bytes that are not UTF-8 are decoded to U+FFFD, so they do not survive the way back. Of equal keys the last counts.
CREATE TEMPORARY VIEW disputes_json AS
SELECT `value`, kafka_topic, kafka_partition, kafka_offset, kafka_timestamp,
  CASE WHEN `text` IS NULL THEN FALSE
       WHEN ENCODE(`text`, 'UTF-8') <> `value` THEN FALSE
       ELSE ('[' || `text` || ']') IS JSON AND ('{"":' || `text` || '}') IS JSON OBJECT END AS is_text,
  JSON_QUERY(JSON_QUERY(`text`, '$.keys()'), '$' RETURNING ARRAY<STRING>) AS keys,
  JSON_QUERY(`text`, '$.*' RETURNING ARRAY<STRING>) AS vals
FROM TABLE(TUMBLE(TABLE disputes_text, DESCRIPTOR(kafka_timestamp), INTERVAL '1' HOUR));

CREATE TEMPORARY VIEW disputes_fields AS
SELECT `value`, kafka_topic, kafka_partition, kafka_offset, kafka_timestamp,
  COALESCE(is_text, FALSE) AND keys IS NOT NULL AND vals IS NOT NULL AS is_json,
  vals[NULLIF(ARRAY_POSITION(keys, 'event_id'), 0)]            AS event_id,
  vals[NULLIF(ARRAY_POSITION(keys, 'event_type'), 0)]          AS event_type,
  vals[NULLIF(ARRAY_POSITION(keys, 'schema_version'), 0)]      AS schema_version,
  vals[NULLIF(ARRAY_POSITION(keys, 'created_at'), 0)]          AS created_at,
  vals[NULLIF(ARRAY_POSITION(keys, 'dispute_id'), 0)]          AS dispute_id,
  vals[NULLIF(ARRAY_POSITION(keys, 'payment_id'), 0)]          AS payment_id,
  vals[NULLIF(ARRAY_POSITION(keys, 'charge_id'), 0)]           AS charge_id,
  vals[NULLIF(ARRAY_POSITION(keys, 'customer_id'), 0)]         AS customer_id,
  vals[NULLIF(ARRAY_POSITION(keys, 'merchant_id'), 0)]         AS merchant_id,
  vals[NULLIF(ARRAY_POSITION(keys, 'provider'), 0)]            AS provider,
  vals[NULLIF(ARRAY_POSITION(keys, 'amount_minor'), 0)]        AS amount_minor,
  vals[NULLIF(ARRAY_POSITION(keys, 'currency'), 0)]            AS currency,
  vals[NULLIF(ARRAY_POSITION(keys, 'status'), 0)]              AS `status`,
  vals[NULLIF(ARRAY_POSITION(keys, 'reason'), 0)]              AS `reason`,
  vals[NULLIF(ARRAY_POSITION(keys, 'network_reason_code'), 0)] AS network_reason_code,
  vals[NULLIF(ARRAY_POSITION(keys, 'evidence_due_at'), 0)]     AS evidence_due_at
FROM TABLE(TUMBLE(TABLE disputes_json, DESCRIPTOR(kafka_timestamp), INTERVAL '1' HOUR));

-- Blanks are those of Unicode, which TRIM does not know. Most values need nothing and leave after one REGEXP (Flink keeps
-- the compiled patterns of REGEXP; those of REGEXP_EXTRACT and REGEXP_REPLACE it compiles for every row).
CREATE TEMPORARY VIEW disputes_clean AS
SELECT `value`, kafka_topic, kafka_partition, kafka_offset, kafka_timestamp, is_json,
  CASE WHEN NOT REGEXP(event_id, unclean) THEN event_id WHEN NOT REGEXP(event_id, nothing) THEN REGEXP_EXTRACT(event_id, inside, 1) END                                             AS event_id,
  CASE WHEN NOT REGEXP(event_type, unclean) THEN event_type WHEN NOT REGEXP(event_type, nothing) THEN REGEXP_EXTRACT(event_type, inside, 1) END                                     AS event_type,
  CASE WHEN NOT REGEXP(schema_version, unclean) THEN schema_version WHEN NOT REGEXP(schema_version, nothing) THEN REGEXP_EXTRACT(schema_version, inside, 1) END                     AS schema_version,
  CASE WHEN NOT REGEXP(created_at, unclean) THEN created_at WHEN NOT REGEXP(created_at, nothing) THEN REGEXP_EXTRACT(created_at, inside, 1) END                                     AS created_at,
  CASE WHEN NOT REGEXP(dispute_id, unclean) THEN dispute_id WHEN NOT REGEXP(dispute_id, nothing) THEN REGEXP_EXTRACT(dispute_id, inside, 1) END                                     AS dispute_id,
  CASE WHEN NOT REGEXP(payment_id, unclean) THEN payment_id WHEN NOT REGEXP(payment_id, nothing) THEN REGEXP_EXTRACT(payment_id, inside, 1) END                                     AS payment_id,
  CASE WHEN NOT REGEXP(charge_id, unclean) THEN charge_id WHEN NOT REGEXP(charge_id, nothing) THEN REGEXP_EXTRACT(charge_id, inside, 1) END                                         AS charge_id,
  CASE WHEN NOT REGEXP(customer_id, unclean) THEN customer_id WHEN NOT REGEXP(customer_id, nothing) THEN REGEXP_EXTRACT(customer_id, inside, 1) END                                 AS customer_id,
  CASE WHEN NOT REGEXP(merchant_id, unclean) THEN merchant_id WHEN NOT REGEXP(merchant_id, nothing) THEN REGEXP_EXTRACT(merchant_id, inside, 1) END                                 AS merchant_id,
  CASE WHEN NOT REGEXP(provider, unclean) THEN provider WHEN NOT REGEXP(provider, nothing) THEN REGEXP_EXTRACT(provider, inside, 1) END                                             AS provider,
  CASE WHEN NOT REGEXP(amount_minor, unclean) THEN amount_minor WHEN NOT REGEXP(amount_minor, nothing) THEN REGEXP_EXTRACT(amount_minor, inside, 1) END                             AS amount_minor,
  UPPER(CASE WHEN NOT REGEXP(currency, unclean) THEN currency WHEN NOT REGEXP(currency, nothing) THEN REGEXP_EXTRACT(currency, inside, 1) END)                                      AS currency,
  CASE WHEN NOT REGEXP(`status`, unclean) THEN `status` WHEN NOT REGEXP(`status`, nothing) THEN REGEXP_EXTRACT(`status`, inside, 1) END                                             AS `status`,
  CASE WHEN NOT REGEXP(`reason`, unclean) THEN `reason` WHEN NOT REGEXP(`reason`, nothing) THEN REGEXP_EXTRACT(`reason`, inside, 1) END                                             AS `reason`,
  CASE WHEN NOT REGEXP(network_reason_code, unclean) THEN network_reason_code WHEN NOT REGEXP(network_reason_code, nothing) THEN REGEXP_EXTRACT(network_reason_code, inside, 1) END AS network_reason_code,
  CASE WHEN NOT REGEXP(evidence_due_at, unclean) THEN evidence_due_at WHEN NOT REGEXP(evidence_due_at, nothing) THEN REGEXP_EXTRACT(evidence_due_at, inside, 1) END                 AS evidence_due_at
FROM (
  SELECT *,
    '(?i)^[\x09-\x0D\x{85}\p{Z}\x{200B}\x{FEFF}"'']|[\x09-\x0D\x{85}\p{Z}\x{200B}\x{FEFF}]\z|^(null|none|nil|undefined|n/a|nan)?\z|^(null|none|nil|undefined|n/a|nan)[\x09-\x0D\x{85}\p{Z}\x{200B}\x{FEFF}"'']' AS unclean,
    '(?s)^[\x09-\x0D\x{85}\p{Z}\x{200B}\x{FEFF}]*(.*[^\x09-\x0D\x{85}\p{Z}\x{200B}\x{FEFF}])' AS inside,
    '(?i)^[\x09-\x0D\x{85}\p{Z}\x{200B}\x{FEFF}"'']*(null|none|nil|undefined|n/a|nan)?[\x09-\x0D\x{85}\p{Z}\x{200B}\x{FEFF}"'']*\z' AS nothing
  FROM TABLE(TUMBLE(TABLE disputes_fields, DESCRIPTOR(kafka_timestamp), INTERVAL '1' HOUR))
);

-- The local time and the offset apart: no cast of Flink reads an offset. Fractions keep six digits.
CREATE TEMPORARY VIEW disputes_timed AS
SELECT `value`, kafka_topic, kafka_partition, kafka_offset, kafka_timestamp, is_json,
  event_id, event_type, schema_version, created_at, dispute_id, payment_id, charge_id, customer_id, merchant_id,
  provider, amount_minor, currency, `status`, `reason`, network_reason_code, evidence_due_at,
  CASE WHEN REGEXP(created_at, time_pattern)
       THEN TRY_CAST(REPLACE(SUBSTRING(created_at, 1, 19), 'T', ' ')
         || SUBSTRING(created_at, 20, LEAST(7, CHAR_LENGTH(created_at) - CASE WHEN created_at LIKE '%Z' THEN 20 ELSE 25 END)) AS TIMESTAMP(6)) END AS created_at_local,
  CASE WHEN REGEXP(created_at, '[+-][0-9]{2}:[0-9]{2}$')
       THEN (TRY_CAST(SUBSTRING(created_at, CHAR_LENGTH(created_at) - 4, 2) AS INT) * 60
           + TRY_CAST(SUBSTRING(created_at, CHAR_LENGTH(created_at) - 1) AS INT))
         * CASE WHEN SUBSTRING(created_at, CHAR_LENGTH(created_at) - 5, 1) = '-' THEN -1 ELSE 1 END
       ELSE 0 END AS created_at_offset,
  CASE WHEN REGEXP(evidence_due_at, time_pattern)
       THEN TRY_CAST(REPLACE(SUBSTRING(evidence_due_at, 1, 19), 'T', ' ')
         || SUBSTRING(evidence_due_at, 20, LEAST(7, CHAR_LENGTH(evidence_due_at) - CASE WHEN evidence_due_at LIKE '%Z' THEN 20 ELSE 25 END)) AS TIMESTAMP(6)) END AS evidence_due_at_local,
  CASE WHEN REGEXP(evidence_due_at, '[+-][0-9]{2}:[0-9]{2}$')
       THEN (TRY_CAST(SUBSTRING(evidence_due_at, CHAR_LENGTH(evidence_due_at) - 4, 2) AS INT) * 60
           + TRY_CAST(SUBSTRING(evidence_due_at, CHAR_LENGTH(evidence_due_at) - 1) AS INT))
         * CASE WHEN SUBSTRING(evidence_due_at, CHAR_LENGTH(evidence_due_at) - 5, 1) = '-' THEN -1 ELSE 1 END
       ELSE 0 END AS evidence_due_at_offset,
  CASE WHEN REGEXP(amount_minor, '^-?[0-9]{1,18}$') THEN CAST(amount_minor AS BIGINT) END AS amount
FROM (
  SELECT *,
    '^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]([.][0-9]{1,9})?(Z|[+-](0[0-9]|1[0-4]):[0-5][0-9])$' AS time_pattern
  FROM TABLE(TUMBLE(TABLE disputes_clean, DESCRIPTOR(kafka_timestamp), INTERVAL '1' HOUR))
);

-- The date is compared because Flink makes 28 February of 30 February (as text: EXTRACT is a day off before 1970).
CREATE TEMPORARY VIEW disputes_utc AS
SELECT `value`, kafka_topic, kafka_partition, kafka_offset, kafka_timestamp, is_json, amount,
  event_id, event_type, schema_version, created_at, dispute_id, payment_id, charge_id, customer_id, merchant_id,
  provider, amount_minor, currency, `status`, `reason`, network_reason_code, evidence_due_at,
  CASE WHEN SUBSTRING(CAST(created_at_local AS STRING), 1, 10) = SUBSTRING(created_at, 1, 10)
        AND created_at_local - created_at_offset * INTERVAL '1' MINUTE
            BETWEEN TIMESTAMP '0001-01-01 00:00:00' AND TIMESTAMP '9999-12-31 23:59:59.999999'
       THEN CAST(created_at_local - created_at_offset * INTERVAL '1' MINUTE AS TIMESTAMP_LTZ(6)) END AS created_at_utc,
  CASE WHEN SUBSTRING(CAST(evidence_due_at_local AS STRING), 1, 10) = SUBSTRING(evidence_due_at, 1, 10)
        AND evidence_due_at_local - evidence_due_at_offset * INTERVAL '1' MINUTE
            BETWEEN TIMESTAMP '0001-01-01 00:00:00' AND TIMESTAMP '9999-12-31 23:59:59.999999'
       THEN CAST(evidence_due_at_local - evidence_due_at_offset * INTERVAL '1' MINUTE AS TIMESTAMP_LTZ(6)) END AS evidence_due_at_utc
FROM TABLE(TUMBLE(TABLE disputes_timed, DESCRIPTOR(kafka_timestamp), INTERVAL '1' HOUR));

-- A card number: as many digits as the network's cards have and its first digits, single blanks or dashes between them
-- allowed, no letter or digit right beside it (random ids have such runs). The Luhn digit is not checked here.
CREATE TEMPORARY VIEW disputes_reasons AS
SELECT `value`, kafka_topic, kafka_partition, kafka_offset, kafka_timestamp, amount,
  created_at_utc, evidence_due_at_utc, event_id, event_type, schema_version, dispute_id, payment_id, charge_id,
  customer_id, merchant_id, provider, currency, `status`, `reason`, network_reason_code,
  CASE WHEN NOT is_json THEN 'malformed_json' ELSE NULLIF(CONCAT_WS(';',
      CASE WHEN event_id IS NULL THEN 'missing_event_id' WHEN SUBSTRING(event_id, 1, 1) IN ('{', '[') THEN 'invalid_event_id' END,
      CASE WHEN event_type IS NULL THEN 'missing_event_type'
           WHEN event_type NOT IN ('dispute.created', 'dispute.updated', 'dispute.closed') THEN 'unknown_event_type' END,
      CASE WHEN NOT REGEXP(schema_version, '^[0-9]{1,9}$') THEN 'invalid_schema_version' END,
      CASE WHEN created_at IS NULL THEN 'missing_created_at' WHEN created_at_utc IS NULL THEN 'invalid_created_at' END,
      CASE WHEN dispute_id IS NULL THEN 'missing_dispute_id' WHEN SUBSTRING(dispute_id, 1, 1) IN ('{', '[') THEN 'invalid_dispute_id' END,
      CASE WHEN payment_id IS NULL THEN 'missing_payment_id' WHEN SUBSTRING(payment_id, 1, 1) IN ('{', '[') THEN 'invalid_payment_id' END,
      CASE WHEN SUBSTRING(charge_id, 1, 1) IN ('{', '[') THEN 'invalid_charge_id' END,
      CASE WHEN customer_id IS NULL THEN 'missing_customer_id' WHEN SUBSTRING(customer_id, 1, 1) IN ('{', '[') THEN 'invalid_customer_id' END,
      CASE WHEN merchant_id IS NULL THEN 'missing_merchant_id' WHEN SUBSTRING(merchant_id, 1, 1) IN ('{', '[') THEN 'invalid_merchant_id' END,
      CASE WHEN SUBSTRING(provider, 1, 1) IN ('{', '[') THEN 'invalid_provider' END,
      CASE WHEN amount_minor IS NULL THEN 'missing_amount_minor' WHEN NOT REGEXP(amount_minor, '^-?[0-9]+$') THEN 'invalid_amount_minor'
           WHEN amount IS NULL OR amount < 1 OR amount > CASE WHEN currency = 'JPY' THEN 1000000 ELSE 100000000 END
             THEN 'amount_out_of_range' END,
      CASE WHEN currency IS NULL THEN 'missing_currency' WHEN currency NOT IN ('USD', 'CAD', 'GBP', 'EUR', 'JPY') THEN 'unsupported_currency' END,
      CASE WHEN `status` IS NULL THEN 'missing_status'
           WHEN `status` NOT IN ('needs_response', 'under_review', 'won', 'lost') THEN 'invalid_status' END,
      CASE WHEN SUBSTRING(`reason`, 1, 1) IN ('{', '[') THEN 'invalid_reason' END,
      CASE WHEN SUBSTRING(network_reason_code, 1, 1) IN ('{', '[') THEN 'invalid_network_reason_code' END,
      CASE WHEN evidence_due_at IS NOT NULL AND evidence_due_at_utc IS NULL THEN 'invalid_evidence_due_at' END,
      CASE WHEN REGEXP(CONCAT_WS('|', event_id, event_type, dispute_id, payment_id, charge_id, customer_id, merchant_id, provider, currency, `status`, `reason`, network_reason_code),
          card_number) THEN 'card_number_present' END), '') END AS rejection_reason
FROM (
  SELECT *,
    '(^|[^0-9A-Za-z])(4([ -]?[0-9]){12}([ -]?[0-9][ -]?[0-9][ -]?[0-9]){0,2}|(5[ -]?[1-5]([ -]?[0-9]){2}|2[ -]?2[ -]?2[ -]?[1-9]|2[ -]?2[ -]?[3-9]([ -]?[0-9])|2[ -]?[3-6]([ -]?[0-9]){2}|2[ -]?7[ -]?[01]([ -]?[0-9])|2[ -]?7[ -]?2[ -]?0)([ -]?[0-9]){12}|3[ -]?[47]([ -]?[0-9]){13}|6[ -]?0[ -]?1[ -]?1([ -]?[0-9]){12,15}|6[ -]?4[ -]?[4-9]([ -]?[0-9]){13,16}|6[ -]?[25]([ -]?[0-9]){14,17}|3[ -]?5[ -]?(2[ -]?[89]|[3-8]([ -]?[0-9]))([ -]?[0-9]){12,15}|3[ -]?0[ -]?[0-5]([ -]?[0-9]){11,16}|3[ -]?[68]([ -]?[0-9]){12,17})($|[^0-9A-Za-z])' AS card_number
  FROM TABLE(TUMBLE(TABLE disputes_utc, DESCRIPTOR(kafka_timestamp), INTERVAL '1' HOUR))
);

-- One column, so that both inserts ask the shared steps for the same.
CREATE TEMPORARY VIEW disputes_packed AS
SELECT kafka_timestamp,
  ARRAY[ROW(
    `value`, kafka_topic, kafka_partition, kafka_offset, rejection_reason, amount, created_at_utc,
    evidence_due_at_utc, event_id, event_type, schema_version, dispute_id, payment_id, charge_id, customer_id,
    merchant_id, provider, currency, `status`, `reason`, network_reason_code)] AS checked
FROM disputes_reasons;

CREATE TEMPORARY VIEW disputes_checked AS
SELECT r.*
FROM (SELECT checked FROM TABLE(TUMBLE(TABLE disputes_packed, DESCRIPTOR(kafka_timestamp), INTERVAL '1' HOUR))) CROSS JOIN UNNEST(checked) AS r (
  `value`, kafka_topic, kafka_partition, kafka_offset, rejection_reason, amount, created_at_utc, evidence_due_at_utc,
  event_id, event_type, schema_version, dispute_id, payment_id, charge_id, customer_id, merchant_id, provider,
  currency, `status`, `reason`, network_reason_code);

EXECUTE STATEMENT SET BEGIN

INSERT INTO lake.bronze.payment_disputes (
  event_id, event_type, schema_version, created_at, dispute_id, payment_id, charge_id, customer_id, merchant_id,
  provider, amount_minor, currency, `status`, `reason`, network_reason_code, evidence_due_at, kafka_partition,
  kafka_offset, ingested_at)
SELECT
  event_id, event_type, CAST(schema_version AS INT), created_at_utc, dispute_id, payment_id, charge_id, customer_id,
  merchant_id, provider, amount, currency, `status`, `reason`, network_reason_code, evidence_due_at_utc,
  kafka_partition, kafka_offset, CURRENT_TIMESTAMP
FROM disputes_checked WHERE rejection_reason IS NULL;

-- ISO-8859-1 keeps every byte: the record stays as it is, in whatever encoding, but for card numbers. One that was found in
-- a column and may be spelled otherwise in the record (escaped digits) takes the whole record with it.
INSERT INTO lake.bronze.quarantine_payment_disputes (
  raw_record, kafka_topic, kafka_partition, kafka_offset, quarantined_at, rejection_reason, payment_id, event_id)
SELECT
  ENCODE(CASE WHEN rejection_reason LIKE '%card_number_present%'
               AND (NOT REGEXP(DECODE(`value`, 'ISO-8859-1'), card_number) OR REGEXP(DECODE(`value`, 'ISO-8859-1'), '\\u003[0-9]'))
              THEN '[card number removed]'
              ELSE REGEXP_REPLACE(DECODE(`value`, 'ISO-8859-1'), card_number, '[card number removed]') END, 'ISO-8859-1'),
  kafka_topic, kafka_partition, kafka_offset, CURRENT_TIMESTAMP, rejection_reason,
  REGEXP_REPLACE(payment_id, card_number, '[card number removed]'),
  REGEXP_REPLACE(event_id, card_number, '[card number removed]')
FROM (
  SELECT *,
    '(?<![0-9A-Za-z])(4([ -]?[0-9]){12}([ -]?[0-9][ -]?[0-9][ -]?[0-9]){0,2}|(5[ -]?[1-5]([ -]?[0-9]){2}|2[ -]?2[ -]?2[ -]?[1-9]|2[ -]?2[ -]?[3-9]([ -]?[0-9])|2[ -]?[3-6]([ -]?[0-9]){2}|2[ -]?7[ -]?[01]([ -]?[0-9])|2[ -]?7[ -]?2[ -]?0)([ -]?[0-9]){12}|3[ -]?[47]([ -]?[0-9]){13}|6[ -]?0[ -]?1[ -]?1([ -]?[0-9]){12,15}|6[ -]?4[ -]?[4-9]([ -]?[0-9]){13,16}|6[ -]?[25]([ -]?[0-9]){14,17}|3[ -]?5[ -]?(2[ -]?[89]|[3-8]([ -]?[0-9]))([ -]?[0-9]){12,15}|3[ -]?0[ -]?[0-5]([ -]?[0-9]){11,16}|3[ -]?[68]([ -]?[0-9]){12,17})(?![0-9A-Za-z])' AS card_number
  FROM disputes_checked WHERE rejection_reason IS NOT NULL
);

END;

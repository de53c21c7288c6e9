{{ config(
    incremental_strategy='delete+insert',
    unique_key='event_id',
) }}

with charges as (

    select * from {{ ref('int_charges_checked') }}
    where rejection_reason is null

),

currencies as (

    select * from {{ ref('currencies') }}

),

counts as (

    select
        event_id,
        count(*) as source_row_count
    from charges
    group by event_id

),

{% if is_incremental() -%}
-- What is there already: most events around a new one keep their flags, and
-- rows that stay as they are need not be written.
built as (

    select
        event_id,
        source_row_count,
        validation_flag
    from {{ this }}

),

changed_events as (

    {{ keys_to_build('counts', 'event_id', 'source_row_count') }}

),

-- A row that comes late changes what was frequent around it: all events of its
-- customer are flagged anew.
changed_customers as (

    select distinct customer_id
    from charges
    where event_id in (select event_id from changed_events)

),

events_to_build as (

    select distinct event_id
    from charges
    where customer_id in (select customer_id from changed_customers)

),
{%- endif %}

copies as (

    select
        charges.*,
        counts.source_row_count
    from charges
    inner join counts
        on charges.event_id = counts.event_id
    {% if is_incremental() -%}
    where charges.event_id in (select event_id from events_to_build)
    {%- endif %}

),

-- Most events came once: only the others are sorted.
numbered as (

    select
        copies.*,
        cast(1 as bigint) as copy_number
    from copies
    where source_row_count = 1
    union all
    select
        copies.*,
        row_number() over (
            partition by event_id
            order by kafka_partition, kafka_offset, ingested_at
        ) as copy_number
    from copies
    where source_row_count > 1

),

-- Bronze is at-least-once: of an event's copies, the first in Kafka counts.
deduplicated as (

    select * from numbered
    where
        copy_number = 1
        {% if is_incremental() -%}
        and customer_id in (select customer_id from changed_customers)
        {%- endif %}

),

judged as (

    select
        deduplicated.event_id,
        deduplicated.customer_id,
        deduplicated.created_at,
        deduplicated.created_at
        > deduplicated.ingested_at + interval '5' minute as is_ahead,
        max(deduplicated.created_at) over (
            partition by
                deduplicated.customer_id,
                deduplicated.payment_id,
                deduplicated.kafka_partition
            order by deduplicated.kafka_offset, deduplicated.event_id
            rows between unbounded preceding and 1 preceding
        ) as told_before_at,
        deduplicated.amount_minor >= currencies.round_minor
        and deduplicated.amount_minor % currencies.round_minor = 0
            as is_round,
        deduplicated.attempt = 1
        and (
            deduplicated.event_type = 'charge.succeeded'
            or not deduplicated.is_final
        ) as is_first_attempt,
        deduplicated.event_type = 'charge.failed'
        and not deduplicated.is_final
        and deduplicated.amount_minor <= currencies.small_minor
            as is_small_decline
    from deduplicated
    inner join currencies
        on deduplicated.currency = currencies.currency

),

counted as (

    select
        judged.*,
        count(case when is_first_attempt then 1 end) over (
            partition by customer_id
            order by created_at
            range between interval '1' hour preceding and current row
        ) as payments_within_hour,
        count(case when is_small_decline then 1 end) over (
            partition by customer_id
            order by created_at
            range between interval '1' hour preceding and current row
        ) as small_declines_within_hour
    from judged

),

flags as (

    select
        event_id,
        {{ joined_reasons([
            (
                'velocity',
                'is_first_attempt and payments_within_hour > '
                ~ var('velocity_payments_max'),
            ),
            (
                'card_testing',
                'is_small_decline and small_declines_within_hour > '
                ~ var('card_testing_declines_max'),
            ),
            ('round_amount', 'is_round'),
            (
                'time_travel',
                "told_before_at > created_at + interval '5' minute"
                ~ (
                    ' or is_ahead'
                    if var('business_time_is_wall_time') else ''
                ),
            ),
        ]) }} as validation_flag
    from counted

),

final as (

    select
        deduplicated.event_id,
        deduplicated.event_type,
        deduplicated.created_at,
        deduplicated.payment_id,
        deduplicated.customer_id,
        deduplicated.merchant_id,
        deduplicated.provider,
        deduplicated.amount_minor,
        deduplicated.currency,
        deduplicated.card_id,
        deduplicated.card_network,
        deduplicated.card_country,
        deduplicated.billing_country,
        deduplicated.payment_method,
        deduplicated.attempt,
        deduplicated.is_final,
        deduplicated.failure_code,
        deduplicated.network_code,
        deduplicated.advice_code,
        deduplicated.fraud_score,
        deduplicated.decision_strategy,
        deduplicated.decision_strategy_version,
        deduplicated.decision_arm,
        deduplicated.decision_method,
        deduplicated.decision_delay_hours,
        deduplicated.decision_probability,
        deduplicated.decision_rule_pack,
        deduplicated.decision_reason,
        flags.validation_flag,
        deduplicated.kafka_partition,
        deduplicated.kafka_offset,
        deduplicated.ingested_at,
        deduplicated.source_row_count
    from deduplicated
    left join flags
        on
            deduplicated.event_id = flags.event_id
            and flags.validation_flag is not null
    {% if is_incremental() -%}
    left join built
        on deduplicated.event_id = built.event_id
    where
        built.event_id is null
        or built.source_row_count <> deduplicated.source_row_count
        or coalesce(built.validation_flag, '')
        <> coalesce(flags.validation_flag, '')
    {%- endif %}

)

select * from final

{{ config(
    materialized='incremental',
    incremental_strategy='delete+insert',
    unique_key='payment_id',
) }}

with payments as (

    select * from {{ ref('payments') }}

),

{% if is_incremental() -%}
changed as (

    {{ keys_to_build('payments', 'payment_id', 'source_row_count') }}

),
{%- endif %}

-- An end without a new attempt (cancelled, exhausted, merged) is one more
-- charge.failed with the last attempt's number: no result of that attempt.
told as (

    select
        payments.*,
        event_type = 'charge.succeeded' as is_success,
        event_type = 'charge.blocked' as is_block,
        event_type = 'charge.failed'
        and coalesce(failure_code, 'unknown') not in (
            'cancelled', 'merged', 'recovery_exhausted'
        ) as is_decline,
        event_type = 'charge.failed' and is_final as is_end
    from payments
    {% if is_incremental() -%}
    where payment_id in (select payment_id from changed)
    {%- endif %}

),

-- What describes an attempt is its own result: money that came in otherwise
-- after a decline has the attempt's number, but neither its card nor its code.
numbered as (

    select
        told.*,
        row_number() over (
            partition by payment_id, currency, attempt
            order by
                case
                    when is_decline and not is_final then 1
                    when is_decline then 2
                    when is_success then 3
                    when is_block then 4
                    else 5
                end,
                created_at,
                kafka_partition,
                kafka_offset,
                event_id
        ) as result_number
    from told

),

totals as (

    select
        payment_id,
        currency,
        attempt,
        bool_or(is_success) as is_succeeded,
        bool_or(is_decline) as is_declined,
        bool_or(is_block) as is_blocked,
        bool_or(is_end and failure_code = 'cancelled') as is_cancelled,
        bool_or(is_end and failure_code = 'merged') as is_merged,
        bool_or(is_end) as is_ended,
        min(created_at) as first_event_at,
        min(case when is_decline then created_at end) as declined_at,
        min(case when is_success then created_at end) as succeeded_at,
        max(case when is_end then created_at end) as ended_at,
        {{ total('case when is_success then amount_minor end') }}
            as collected_minor,
        count(*) as event_count
    from numbered
    group by payment_id, currency, attempt

),

payment_rows as (

    select
        payment_id,
        cast(sum(source_row_count) as bigint) as source_row_count
    from told
    group by payment_id

),

final as (

    select
        numbered.payment_id,
        numbered.currency,
        numbered.attempt,
        case
            when totals.is_succeeded then 'succeeded'
            when totals.is_declined then 'declined'
            when totals.is_blocked then 'blocked'
            else 'ended'
        end as outcome,
        numbered.attempt >= 1
        and (totals.is_succeeded or totals.is_declined) as is_tried,
        totals.is_succeeded,
        totals.is_declined,
        totals.is_blocked,
        totals.is_cancelled,
        totals.is_merged,
        totals.is_ended,
        numbered.customer_id,
        numbered.merchant_id,
        numbered.provider,
        numbered.payment_method,
        numbered.card_id,
        numbered.card_network,
        numbered.card_country,
        numbered.amount_minor,
        totals.collected_minor,
        case
            when numbered.is_decline or numbered.is_block
                then coalesce(numbered.failure_code, 'unknown')
        end as failure_code,
        numbered.network_code,
        numbered.advice_code,
        numbered.decision_strategy,
        numbered.decision_strategy_version,
        numbered.decision_arm,
        numbered.decision_method,
        numbered.decision_delay_hours,
        numbered.decision_probability,
        totals.first_event_at,
        totals.declined_at,
        totals.succeeded_at,
        totals.ended_at,
        totals.event_count,
        payment_rows.source_row_count
    from numbered
    inner join totals
        on
            numbered.payment_id = totals.payment_id
            and numbered.currency = totals.currency
            and numbered.attempt = totals.attempt
    inner join payment_rows
        on numbered.payment_id = payment_rows.payment_id
    where numbered.result_number = 1

)

select * from final

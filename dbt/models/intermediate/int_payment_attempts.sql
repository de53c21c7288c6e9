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
        event_id,
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

results as (

    select told.*
    from told
    inner join numbered
        on told.event_id = numbered.event_id
    where numbered.result_number = 1

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
    from told
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
        results.payment_id,
        results.currency,
        results.attempt,
        case
            when totals.is_succeeded then 'succeeded'
            when totals.is_declined then 'declined'
            when totals.is_blocked then 'blocked'
            else 'ended'
        end as outcome,
        totals.is_declined
        or (totals.is_succeeded and results.payment_method <> 'external')
            as is_tried,
        totals.is_succeeded,
        totals.is_declined,
        totals.is_blocked,
        totals.is_cancelled,
        totals.is_merged,
        totals.is_ended,
        results.customer_id,
        results.merchant_id,
        results.provider,
        results.payment_method,
        results.card_id,
        results.card_network,
        results.card_country,
        results.amount_minor,
        totals.collected_minor,
        case
            when results.is_decline or results.is_block
                then coalesce(results.failure_code, 'unknown')
        end as failure_code,
        results.network_code,
        results.advice_code,
        results.decision_strategy,
        results.decision_strategy_version,
        results.decision_arm,
        results.decision_method,
        results.decision_delay_hours,
        results.decision_probability,
        totals.first_event_at,
        totals.declined_at,
        totals.succeeded_at,
        totals.ended_at,
        totals.event_count,
        payment_rows.source_row_count
    from results
    inner join totals
        on
            results.payment_id = totals.payment_id
            and results.currency = totals.currency
            and results.attempt = totals.attempt
    inner join payment_rows
        on results.payment_id = payment_rows.payment_id

)

select * from final

{{ config(
    materialized='incremental',
    incremental_strategy='delete+insert',
    unique_key='payment_id',
    properties=sorted_by('payment_id'),
) }}

with attempts as (

    select * from {{ ref('int_payment_attempts') }}

),

refunds as (

    select * from {{ ref('refunds') }}

),

disputes as (

    select * from {{ ref('disputes') }}

),

currencies as (

    select * from {{ ref('currencies') }}

),

-- How many bronze rows a payment is made from, refunds and disputes included.
source_rows as (

    select
        payment_id,
        max(source_row_count) as source_row_count
    from attempts
    group by payment_id
    union all
    select
        payment_id,
        cast(sum(source_row_count) as bigint) as source_row_count
    from refunds
    where payment_id in (select payment_id from attempts)
    group by payment_id
    union all
    select
        payment_id,
        cast(sum(source_row_count) as bigint) as source_row_count
    from disputes
    where payment_id in (select payment_id from attempts)
    group by payment_id

),

{% if is_incremental() -%}
changed as (

    {{ keys_to_build('source_rows', 'payment_id', 'source_row_count') }}

),
{%- endif %}

payment_rows as (

    select
        payment_id,
        cast(sum(source_row_count) as bigint) as source_row_count
    from source_rows
    {% if is_incremental() -%}
    where payment_id in (select payment_id from changed)
    {%- endif %}
    group by payment_id

),

attempts_to_build as (

    select
        attempts.*,
        payment_rows.source_row_count as payment_row_count
    from attempts
    inner join payment_rows
        on attempts.payment_id = payment_rows.payment_id

),

-- The attempts that tell who paid, why it failed and who decided.
telling as (

    select
        payment_id,
        currency,
        min(attempt) as first_attempt,
        min(case when is_declined then attempt end) as first_declined_attempt,
        max(case when is_declined then attempt end) as last_declined_attempt,
        min(case when is_succeeded then attempt end)
            as first_succeeded_attempt,
        min(
            case
                when decision_strategy is not null and not is_blocked
                    then attempt
            end
        ) as first_decided_attempt
    from attempts_to_build
    group by payment_id, currency

),

marked as (

    select
        attempts_to_build.*,
        telling.first_attempt,
        telling.first_declined_attempt,
        telling.last_declined_attempt,
        telling.first_succeeded_attempt,
        telling.first_decided_attempt
    from attempts_to_build
    inner join telling
        on
            attempts_to_build.payment_id = telling.payment_id
            and attempts_to_build.currency = telling.currency

),

payments as (

    select
        payment_id,
        currency,
        max(case when attempt = first_attempt then customer_id end)
            as customer_id,
        max(case when attempt = first_attempt then merchant_id end)
            as merchant_id,
        max(case when attempt = first_attempt then provider end) as provider,
        max(case when attempt = first_attempt then card_network end)
            as card_network,
        max(case when attempt = first_attempt then card_country end)
            as card_country,
        max(case when attempt = first_attempt then amount_minor end)
            as amount_minor,
        max(
            case
                when attempt = first_declined_attempt then failure_code
                when is_blocked and first_declined_attempt is null
                    then failure_code
            end
        ) as first_failure_code,
        max(case when attempt = last_declined_attempt then failure_code end)
            as last_failure_code,
        max(
            case when attempt = first_decided_attempt then decision_strategy end
        ) as strategy,
        max(
            case
                when attempt = first_decided_attempt
                    then decision_strategy_version
            end
        ) as strategy_version,
        max(case when attempt = first_decided_attempt then decision_arm end)
            as arm,
        {{ count_where('is_tried') }} as attempts,
        {{ count_where('is_declined') }} as declines,
        bool_or(is_succeeded) as is_collected,
        bool_or(is_declined) as is_declined,
        bool_or(is_blocked) as is_blocked,
        bool_or(is_merged) as is_merged,
        bool_or(is_cancelled) as is_cancelled,
        bool_or(is_ended) as is_ended,
        min(first_event_at) as created_at,
        min(declined_at) as first_declined_at,
        min(succeeded_at) as collected_at,
        max(ended_at) as ended_at,
        {{ total('collected_minor') }} as collected_minor,
        max(
            case
                when attempt = first_succeeded_attempt then collected_minor
            end
        ) as first_collected_minor,
        cast(sum(event_count) as bigint) as event_count,
        max(payment_row_count) as source_row_count
    from marked
    group by payment_id, currency

),

refunded as (

    select
        payment_id,
        currency,
        {{ total('amount_minor') }} as refunded_minor
    from refunds
    where status = 'succeeded'
    group by payment_id, currency

),

disputed as (

    select
        payment_id,
        currency,
        {{ total("case when status <> 'won' then amount_minor end") }}
            as disputed_minor,
        {{ total("case when status = 'lost' then amount_minor end") }}
            as charged_back_minor
    from disputes
    group by payment_id, currency

),

-- Collected money is a fact whatever else was told; an end counts only without.
decided as (

    select
        payments.*,
        case
            when is_collected and is_declined then 'recovered'
            when is_collected then 'succeeded'
            when is_merged then 'merged'
            when is_cancelled then 'cancelled'
            when is_blocked then 'blocked'
            when is_ended then 'failed'
            else 'recovering'
        end as outcome
    from payments

),

final as (

    select
        decided.payment_id,
        decided.currency,
        decided.customer_id,
        decided.merchant_id,
        cast(decided.created_at as date) as payment_date,
        decided.provider,
        decided.card_network,
        decided.card_country,
        decided.outcome,
        decided.first_failure_code,
        decided.last_failure_code,
        decided.strategy,
        decided.strategy_version,
        decided.arm,
        decided.attempts,
        decided.declines,
        decided.created_at,
        decided.first_declined_at,
        decided.collected_at,
        case when not decided.is_collected then decided.ended_at end
            as ended_at,
        case
            when decided.outcome = 'recovered'
                then {{ elapsed(
                    'second',
                    'decided.first_declined_at',
                    'decided.collected_at',
                ) }}
        end as seconds_to_recover,
        decided.amount_minor,
        {{ major_units('decided.amount_minor', 'currencies.minor_per_major') }}
            as amount,
        decided.collected_minor,
        case
            when decided.outcome = 'recovered'
                then decided.first_collected_minor
            else 0
        end as recovered_minor,
        case when decided.outcome = 'failed' then decided.amount_minor else 0
        end as lost_minor,
        coalesce(refunded.refunded_minor, 0) as refunded_minor,
        coalesce(disputed.disputed_minor, 0) as disputed_minor,
        coalesce(disputed.charged_back_minor, 0) as charged_back_minor,
        decided.collected_minor
        - coalesce(refunded.refunded_minor, 0)
        - coalesce(disputed.charged_back_minor, 0) as net_minor,
        decided.event_count,
        decided.source_row_count
    from decided
    inner join currencies
        on decided.currency = currencies.currency
    left join refunded
        on
            decided.payment_id = refunded.payment_id
            and decided.currency = refunded.currency
    left join disputed
        on
            decided.payment_id = disputed.payment_id
            and decided.currency = disputed.currency

)

select * from final

{{ config(
    properties=sorted_by('customer_id'),
) }}

with payments as (

    select * from {{ ref('fct_payments') }}

),

currencies as (

    select * from {{ ref('currencies') }}

),

totals as (

    select
        customer_id,
        currency,
        count(*) as payments,
        {{ count_where('collected_minor > 0') }} as collected_payments,
        {{ count_where("outcome = 'recovered'") }} as recovered_payments,
        {{ count_where("outcome = 'failed'") }} as failed_payments,
        {{ count_where("outcome = 'recovering'") }} as recovering_payments,
        {{ total('attempts') }} as attempts,
        {{ total('collected_minor') }} as collected_minor,
        {{ total('refunded_minor') }} as refunded_minor,
        {{ total('charged_back_minor') }} as charged_back_minor,
        {{ total('net_minor') }} as lifetime_value_minor,
        min(created_at) as first_payment_at,
        max(created_at) as last_payment_at,
        max(collected_at) as last_collected_at
    from payments
    group by customer_id, currency

),

final as (

    select
        totals.customer_id,
        totals.currency,
        totals.payments,
        totals.collected_payments,
        totals.recovered_payments,
        totals.failed_payments,
        totals.recovering_payments,
        totals.attempts,
        {{ ratio('totals.collected_payments', 'totals.payments') }}
            as success_rate,
        totals.collected_minor,
        totals.refunded_minor,
        totals.charged_back_minor,
        totals.lifetime_value_minor,
        {{ major_units(
            'totals.lifetime_value_minor', 'currencies.minor_per_major'
        ) }} as lifetime_value,
        {{ ratio('totals.collected_minor', 'totals.collected_payments') }}
            as average_payment_minor,
        totals.first_payment_at,
        totals.last_payment_at,
        totals.last_collected_at,
        case
            when totals.lifetime_value_minor > currencies.clv_high_minor
                then 'high'
            when totals.lifetime_value_minor > currencies.clv_medium_minor
                then 'medium'
            else 'low'
        end as clv_segment
    from totals
    inner join currencies
        on totals.currency = currencies.currency

)

select * from final

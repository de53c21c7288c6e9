with charges as (

    select * from {{ ref('unified_payments') }}

),

final as (

    select
        provider,
        currency,
        count(*) as charges,
        {{ count_where("status = 'SUCCESS'") }} as succeeded_charges,
        {{ count_where("status = 'FAILED'") }} as failed_charges,
        {{ count_where("status = 'OTHER'") }} as other_charges,
        {{ ratio(
            count_where("status = 'SUCCESS'"),
            count_where("status in ('SUCCESS', 'FAILED')")
        ) }} as success_rate,
        {{ wilson_bound(
            count_where("status = 'SUCCESS'"),
            count_where("status in ('SUCCESS', 'FAILED')"),
            '-'
        ) }} as success_rate_lower,
        {{ wilson_bound(
            count_where("status = 'SUCCESS'"),
            count_where("status in ('SUCCESS', 'FAILED')"),
            '+'
        ) }} as success_rate_upper,
        {{ total('collected_minor') }} as collected_minor,
        {{ total("case when status = 'FAILED' then amount_minor end") }}
            as failed_minor,
        count(distinct customer_id) as customers,
        count(distinct merchant_id) as merchants,
        min(created_at) as first_charge_at,
        max(created_at) as last_charge_at
    from charges
    group by provider, currency

)

select * from final

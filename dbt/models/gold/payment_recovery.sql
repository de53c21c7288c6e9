with payments as (

    select * from {{ ref('fct_payments') }}

),

grouped as (

    select
        payments.*,
        coalesce(first_failure_code, 'none') as failure_code,
        coalesce(card_network, 'unknown') as network,
        coalesce(strategy, 'none') as strategy_name,
        coalesce(arm, 'none') as arm_name
    from payments

),

final as (

    select
        failure_code,
        network,
        strategy_name as strategy,
        arm_name as arm,
        currency,
        count(*) as payments,
        {{ count_where('declines > 0') }} as declined_payments,
        {{ count_where("outcome = 'recovered'") }} as recovered_payments,
        {{ count_where("outcome = 'failed'") }} as lost_payments,
        {{ count_where("outcome = 'recovering'") }} as recovering_payments,
        {{ total('attempts') }} as attempts,
        {{ total('case when declines > 0 then amount_minor end') }}
            as declined_minor,
        {{ total('collected_minor') }} as collected_minor,
        {{ total('recovered_minor') }} as recovered_minor,
        {{ total('lost_minor') }} as lost_minor,
        {{ total("case when outcome = 'recovering' then amount_minor end") }}
            as recovering_minor,
        {{ ratio(
            count_where("outcome = 'recovered'"),
            count_where(
                "outcome = 'recovered' or (outcome = 'failed' and declines > 0)"
            )
        ) }} as recovery_rate,
        {{ ratio(
            total("case when outcome = 'recovered' then attempts end"),
            count_where("outcome = 'recovered'")
        ) }} as average_attempts_to_recover,
        {{ ratio(
            total('seconds_to_recover'),
            '86400 * ' ~ count_where("outcome = 'recovered'")
        ) }} as average_days_to_recover,
        {{ ratio('max(seconds_to_recover)', 86400) }}
            as longest_days_to_recover
    from grouped
    group by failure_code, network, strategy_name, arm_name, currency

)

select * from final

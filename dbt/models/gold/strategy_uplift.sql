with payments as (

    select * from {{ ref('fct_payments') }}
    where
        arm in ('treatment', 'holdout')
        and outcome <> 'recovering'

),

arms as (

    select
        currency,
        {{ count_where("arm = 'treatment'") }} as treatment_payments,
        {{ count_where("arm = 'treatment' and outcome = 'recovered'") }}
            as treatment_recovered,
        {{ count_where("arm = 'holdout'") }} as holdout_payments,
        {{ count_where("arm = 'holdout' and outcome = 'recovered'") }}
            as holdout_recovered,
        {{ total("case when arm = 'treatment' then amount_minor end") }}
            as treatment_declined_minor,
        {{ total("case when arm = 'treatment' then recovered_minor end") }}
            as treatment_recovered_minor,
        {{ total("case when arm = 'holdout' then amount_minor end") }}
            as holdout_declined_minor,
        {{ total("case when arm = 'holdout' then recovered_minor end") }}
            as holdout_recovered_minor
    from payments
    group by currency

),

rates as (

    select
        arms.*,
        {{ ratio('treatment_recovered', 'treatment_payments') }}
            as treatment_rate,
        {{ wilson_bound('treatment_recovered', 'treatment_payments', '-') }}
            as treatment_rate_lower,
        {{ wilson_bound('treatment_recovered', 'treatment_payments', '+') }}
            as treatment_rate_upper,
        {{ ratio('holdout_recovered', 'holdout_payments') }} as holdout_rate,
        {{ wilson_bound('holdout_recovered', 'holdout_payments', '-') }}
            as holdout_rate_lower,
        {{ wilson_bound('holdout_recovered', 'holdout_payments', '+') }}
            as holdout_rate_upper
    from arms

),

-- Newcombe's interval of a difference, made of the two Wilson intervals.
differences as (

    select
        rates.*,
        treatment_rate - holdout_rate as uplift,
        treatment_rate - holdout_rate - sqrt(
            (treatment_rate - treatment_rate_lower)
            * (treatment_rate - treatment_rate_lower)
            + (holdout_rate_upper - holdout_rate)
            * (holdout_rate_upper - holdout_rate)
        ) as uplift_lower,
        treatment_rate - holdout_rate + sqrt(
            (treatment_rate_upper - treatment_rate)
            * (treatment_rate_upper - treatment_rate)
            + (holdout_rate - holdout_rate_lower)
            * (holdout_rate - holdout_rate_lower)
        ) as uplift_upper
    from rates

),

final as (

    select
        currency,
        treatment_payments,
        treatment_recovered,
        treatment_rate,
        treatment_rate_lower,
        treatment_rate_upper,
        holdout_payments,
        holdout_recovered,
        holdout_rate,
        holdout_rate_lower,
        holdout_rate_upper,
        uplift,
        uplift_lower,
        uplift_upper,
        coalesce(uplift_lower > 0e0 or uplift_upper < 0e0, false)
            as is_significant,
        treatment_declined_minor,
        treatment_recovered_minor,
        holdout_declined_minor,
        holdout_recovered_minor
    from differences

)

select * from final

with charges as (

    select * from {{ source('recoup', 'payment_charges') }}

),

final as (

    select
        event_id,
        event_type,
        created_at,
        payment_id,
        customer_id,
        merchant_id,
        coalesce(provider, 'recoup') as provider,
        amount_minor,
        currency,
        card_id,
        card_network,
        card_country,
        billing_country,
        coalesce(payment_method, 'card') as payment_method,
        coalesce(attempt, 1) as attempt,
        coalesce(is_final, false) as is_final,
        failure_code,
        network_code,
        advice_code,
        fraud_score,
        decision_strategy,
        decision_strategy_version,
        decision_arm,
        decision_method,
        decision_delay_hours,
        decision_probability,
        decision_rule_pack,
        decision_reason,
        kafka_partition,
        kafka_offset,
        ingested_at
    from charges

)

select * from final

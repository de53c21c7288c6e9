with subscriptions as (

    select * from {{ source('recoup', 'payment_subscriptions') }}

),

final as (

    select
        event_id,
        event_type,
        created_at,
        subscription_id,
        customer_id,
        merchant_id,
        coalesce(provider, 'recoup') as provider,
        plan_id,
        amount_minor,
        currency,
        "interval" as billing_interval,
        interval_count as billing_interval_count,
        status,
        cancel_at_period_end,
        current_period_start_at,
        current_period_end_at,
        kafka_partition,
        kafka_offset,
        ingested_at
    from subscriptions

)

select * from final

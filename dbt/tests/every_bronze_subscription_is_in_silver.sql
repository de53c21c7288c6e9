-- Subscriptions whose events bronze and silver do not count alike.
with bronze as (

    select
        subscription_id,
        count(distinct event_id) as event_count
    from {{ source('recoup', 'payment_subscriptions') }}
    group by subscription_id

),

silver as (

    select
        subscription_id,
        event_count
    from {{ ref('subscriptions') }}

),

final as (

    select
        bronze.subscription_id as bronze_id,
        silver.subscription_id as silver_id,
        bronze.event_count as bronze_events,
        silver.event_count as silver_events
    from bronze
    full outer join silver
        on bronze.subscription_id = silver.subscription_id
    where
        coalesce(bronze.event_count, 0) <> coalesce(silver.event_count, 0)

)

select * from final

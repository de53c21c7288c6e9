-- Refunds whose events bronze and silver do not count alike.
with bronze as (

    select
        refund_id,
        count(distinct event_id) as event_count
    from {{ source('recoup', 'payment_refunds') }}
    group by refund_id

),

silver as (

    select
        refund_id,
        event_count
    from {{ ref('refunds') }}

),

final as (

    select
        bronze.refund_id as bronze_id,
        silver.refund_id as silver_id,
        bronze.event_count as bronze_events,
        silver.event_count as silver_events
    from bronze
    full outer join silver
        on bronze.refund_id = silver.refund_id
    where
        coalesce(bronze.event_count, 0) <> coalesce(silver.event_count, 0)

)

select * from final

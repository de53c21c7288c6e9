-- Disputes whose events bronze and silver do not count alike.
with bronze as (

    select
        dispute_id,
        count(distinct event_id) as event_count
    from {{ source('recoup', 'payment_disputes') }}
    group by dispute_id

),

silver as (

    select
        dispute_id,
        event_count
    from {{ ref('disputes') }}

),

final as (

    select
        bronze.dispute_id as bronze_id,
        silver.dispute_id as silver_id,
        bronze.event_count as bronze_events,
        silver.event_count as silver_events
    from bronze
    full outer join silver
        on bronze.dispute_id = silver.dispute_id
    where
        coalesce(bronze.event_count, 0) <> coalesce(silver.event_count, 0)

)

select * from final

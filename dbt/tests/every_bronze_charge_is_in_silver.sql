-- Events of bronze that silver lacks, and of silver that bronze never had: the
-- distinct events of bronze are silver and silver's quarantine, each once.
with bronze as (

    select distinct event_id
    from {{ source('recoup', 'payment_charges') }}

),

silver as (

    select event_id from {{ ref('payments') }}
    union all
    select event_id from {{ ref('quarantine_payments') }}
    where not is_resolved

),

counted as (

    select
        event_id,
        count(*) as silver_rows
    from silver
    group by event_id

),

final as (

    select
        bronze.event_id as bronze_event_id,
        counted.event_id as silver_event_id,
        counted.silver_rows
    from bronze
    full outer join counted
        on bronze.event_id = counted.event_id
    where
        bronze.event_id is null
        or counted.event_id is null
        or counted.silver_rows <> 1

)

select * from final

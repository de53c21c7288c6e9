{{ config(severity='warn') }}

-- Event ids that were used for several payments. Recoup's own begin with their
-- payment's id; of foreign ones the first in Kafka is kept, and a payment that
-- loses its only event so stays as it was until a full refresh.
with charges as (

    select * from {{ source('recoup', 'payment_charges') }}

),

final as (

    select
        event_id,
        count(distinct payment_id) as payments
    from charges
    group by event_id
    having count(distinct payment_id) > 1

)

select * from final

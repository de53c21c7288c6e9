with events as (

    select * from {{ source('stripe', 'stripe_payments') }}

),

final as (

    select
        event_id,
        event_type,
        created_at,
        object_id,
        payment_ref,
        customer_ref,
        amount_minor,
        currency,
        lower(status) as provider_status,
        failure_code,
        raw_event,
        kafka_partition,
        kafka_offset,
        ingested_at
    from events

)

select * from final
